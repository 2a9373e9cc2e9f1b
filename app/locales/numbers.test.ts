import { expect, test } from "vitest";
import { formatBytes } from "./numbers.ts";

test.each([
  [0, "0 B", "0 B"],
  [812, "812 B", "812 B"],
  [2_100_000, "2,1 MB", "2.1 MB"],
  [32_000_000, "32 MB", "32 MB"],
])("%i bytes are %s", (bytes, german, english) => {
  expect(formatBytes(bytes, "de")).toBe(german);
  expect(formatBytes(bytes, "en")).toBe(english);
});
