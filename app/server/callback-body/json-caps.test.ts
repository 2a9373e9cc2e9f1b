import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findExcess } from "./json-caps.ts";

describe("the caps of a JSON body", () => {
  it("lets 64 levels pass and no more", () => {
    expect(excess("[".repeat(64) + "]".repeat(64))).toBeUndefined();
    expect(excess("[".repeat(65) + "]".repeat(65))).toMatch(/deeper than 64/);
    expect(excess('{"a":'.repeat(65))).toMatch(/deeper than 64/);
  });

  it("counts the levels that are open, not the ones there ever were", () => {
    expect(excess(`[${"[],{},".repeat(1_000)}0]`)).toBeUndefined();
  });

  it("lets 200,000 keys and items pass, and not many more", () => {
    expect(excess(`[${"1,".repeat(199_998)}1]`)).toBeUndefined();
    expect(excess(`[${"1,".repeat(200_001)}1]`)).toMatch(/more than 200,000/);
    expect(excess(`[${"[],".repeat(100_001)}1]`)).toMatch(/more than 200,000/);
  });

  it("looks into no string, however it ends", () => {
    for (const text of ["[[[", '\\"[[[', "\\\\", "\\\\\\", '"', "ü[{,:"]) {
      expect(excess(JSON.stringify({ a: text.repeat(100), b: [text] }))).toBeUndefined();
    }
    expect(excess(`"${"[".repeat(100)}`)).toBeUndefined();
  });

  it("never objects to a value of few items and levels, whatever its texts say", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => excess(JSON.stringify(value)) === undefined),
    );
  });
});

function excess(json: string): string | undefined {
  return findExcess(new TextEncoder().encode(json));
}
