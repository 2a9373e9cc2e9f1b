import { afterEach, expect, it, vi } from "vitest";
import { groupName } from "./tab-group.ts";

const STREAM = "http://localhost:4500/api/external/jobs/stream";

afterEach(() => vi.unstubAllGlobals());

it("is one group for all places in the same feed", () => {
  expect(groupName(STREAM, "k3x.5")).toBeTypeOf("string");
  expect(groupName(STREAM, "k3x.5")).toBe(groupName(STREAM, "k3x.999"));
});

it("is another group for another user, a restored feed, another server or another stream", () => {
  const names = [
    groupName(STREAM, "k3x.5"),
    groupName(STREAM, "other.5"),
    groupName(STREAM.replace("4500", "4501"), "k3x.5"),
    groupName(`${STREAM}?job=a`, "k3x.5"),
  ];
  expect(new Set(names).size).toBe(names.length);
});

it("is none for a place that is not one", () => {
  expect(groupName(STREAM, "")).toBeUndefined();
});

it.each(["navigator", "BroadcastChannel"])("is none without %s", (missing) => {
  vi.stubGlobal(missing, undefined);
  expect(groupName(STREAM, "k3x.5")).toBeUndefined();
});
