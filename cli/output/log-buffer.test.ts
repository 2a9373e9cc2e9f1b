import { expect, test } from "vitest";
import { createLogBuffer } from "./log-buffer.ts";

const AT = "2026-11-23T14:21:13.402Z";
const texts = {
  leftOut: ({ count }: { count: number }) => `${count} left out`,
  notText: ({ count }: { count: number }) => `${count} no text`,
};

test("the last 500 wait, and one of them says how many came before", () => {
  const buffer = createLogBuffer(texts);
  for (let line = 1; line <= 12_345; line++) buffer.add(`line ${line}`, AT);
  const messages = buffer.take(Infinity).map(({ message }) => message);
  expect(messages).toHaveLength(500);
  expect(messages.slice(0, 2)).toEqual(["11846 left out", "line 11847"]);
  expect(messages.at(-1)).toBe("line 12345");
  expect(buffer.isEmpty()).toBe(true);
});

test("as many are taken as fit, one at least, and the others next time", () => {
  const buffer = createLogBuffer(texts);
  for (const letter of ["a", "b", "c"]) buffer.add(letter.repeat(1_000), AT);
  expect(buffer.take(2_500).map(({ message }) => message[0])).toEqual(["a", "b"]);
  expect(buffer.take(10).map(({ message }) => message[0])).toEqual(["c"]);
  expect(buffer.take(10)).toEqual([]);
});

test("lines that are no text are one line with their number, in their place", () => {
  const buffer = createLogBuffer(texts);
  buffer.addBinary(AT);
  buffer.addBinary(AT);
  buffer.add("text", AT);
  buffer.addBinary(AT);
  expect(buffer.isEmpty()).toBe(false);
  expect(buffer.take(Infinity).map(({ message }) => message)).toEqual(["2 no text", "text", "1 no text"]);
});

test("a line is cut where jobmon would cut it, visibly", () => {
  const buffer = createLogBuffer(texts);
  buffer.add("x".repeat(8_000), AT);
  expect(buffer.take(Infinity)).toEqual([{ timestamp: AT, message: `${"x".repeat(1_999)}…` }]);
});
