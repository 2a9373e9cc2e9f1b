import * as fc from "fast-check";
import { expect, it } from "vitest";
import { redact } from "./redact.ts";

it.each([
  "token",
  "callback_token",
  "callbackToken",
  "Authorization",
  "API_KEY",
  "apiKey",
  "x-api-key",
  "TOKENS",
])("replaces what stands under %s, whatever it is, at any depth", (key) => {
  for (const secret of ["s3cret", 5, { deep: "s3cret" }, ["s3cret"]]) {
    const redacted = redact({ a: [{ [key]: secret, b: "stays" }] });
    expect(redacted).toEqual({ a: [{ [key]: "[redacted]", b: "stays" }] });
  }
});

it("strips texts and the names of fields", () => {
  expect(redact({ "a\u001B": "b\u0007", c: ["\u0000d"] })).toEqual({ a: "b", c: ["d"] });
});

it("redacts a name that only looks harmless because of what is stripped from it", () => {
  expect(redact({ "to\u0000ken": "s3cret" })).toEqual({ token: "[redacted]" });
});

it("keeps __proto__ as a key", () => {
  const redacted = redact(JSON.parse('{"__proto__":{"token":"s3cret"}}'));
  expect(JSON.stringify(redacted)).toBe('{"__proto__":{"token":"[redacted]"}}');
});

it("cuts what is nested too deep instead of failing", () => {
  let nested: unknown = "bottom";
  for (let depth = 0; depth < 5_000; depth++) nested = depth % 2 === 0 ? [nested] : { a: nested };
  expect(JSON.stringify(redact(nested))).toContain("[nested too deep]");
});

it("changes nothing in JSON without secrets or unsafe text", () => {
  const word = fc.stringMatching(/^[a-f]{0,5}$/);
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      word,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(word, tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, (json) => {
      expect(redact(json)).toEqual(json);
    }),
  );
});
