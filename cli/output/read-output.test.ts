import { expect, test } from "vitest";
import { createOutputReader } from "./read-output.ts";

test("lines end with newline, return and newline, or with the output", () => {
  expect(read("one\ntwo\r\n\n   \nthree")).toMatchObject({ lines: ["one", "two", "three"], binary: 0 });
});

test.each([1, 2, 3, 7])("where the chunks are cut makes no difference (%i bytes)", (size) => {
  const text = "Größe: 🎉 1\r\n\u001B[31mrot\u001B[0m 10%\r 20%\r\n\u001B]9;4;1;30\u0007Ende 3/4\n";
  const whole = read(text);
  const parts = Array.from({ length: Math.ceil(bytes(text).length / size) }, (_, at) =>
    bytes(text).subarray(at * size, (at + 1) * size),
  );
  expect(read(...parts).lines).toEqual(whole.lines);
  expect(whole.lines).toEqual(["Größe: 🎉 1", " 20%", "Ende 3/4"]);
  expect(whole.progress).toEqual([30, 10, 20, 75]);
  expect(read(...parts).progress.at(-1)).toBe(75);
});

test("the states of a bar are progress and no lines; the last one is a line when it ends", () => {
  const bar = read("\r 0%|", "\r 50%|#####", "\r100%|##########\n");
  expect(bar).toEqual({ lines: ["100%|##########"], progress: [0, 50, 100], binary: 0 });
});

test("OSC 9;4 is progress where its state has a percent, and seen over two chunks", () => {
  expect(read("\u001B]9;4;1;4", "2\u001B\\", "\u001B]9;4;3;0\u0007\u001B]9;4;4;50\u0007").progress).toEqual([
    42, 50,
  ]);
});

test("an unfinished bar does not speak again when something else is written", () => {
  expect(read("\r 40%|##", "\u001B]9;4;1;55\u0007").progress).toEqual([40, 55]);
});

test("what is no text is counted, line by line", () => {
  expect(read(Uint8Array.of(0, 1, 2, 10, 0xff, 0xfe, 0xfd, 10), "text\n")).toMatchObject({
    lines: ["text"],
    binary: 2,
  });
});

test("of a line that never ends only the beginning is kept, and the next one is whole", () => {
  const endless = Array.from({ length: 200 }, () => "x".repeat(1_000));
  expect(read(...endless, "\nnext\n").lines).toEqual(["x".repeat(8_000), "next"]);
});

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function read(...chunks: readonly (string | Uint8Array)[]) {
  const seen = { lines: [] as string[], progress: [] as number[], binary: 0 };
  const reader = createOutputReader({
    onLine: (line) => seen.lines.push(line),
    onBinary: () => seen.binary++,
    onProgress: (percent) => seen.progress.push(percent),
  });
  for (const chunk of chunks) reader.read(typeof chunk === "string" ? bytes(chunk) : chunk);
  reader.end();
  return seen;
}
