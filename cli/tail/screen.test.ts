import { expect, test } from "vitest";
import { createScreen } from "./screen.ts";

test("a frame is one write: back to the first line, every line rewritten, what is below cleared", () => {
  const { screen, writes } = open();
  screen.draw([], ["a", "b"]);
  screen.draw(["over"], ["b2"]);
  expect(writes).toEqual([
    "\ra\u001b[K\nb\u001b[K\n\u001b[J",
    "\r\u001b[2Aover\u001b[K\nb2\u001b[K\n\u001b[J",
  ]);
});

test("a frame that is the same as the last is not written", () => {
  const { screen, writes } = open();
  screen.draw([], ["a"]);
  screen.draw([], ["a"]);
  expect(writes).toHaveLength(1);
});

test("lines that wrapped when the window became narrower are counted, colour is not", () => {
  const { screen, writes, resize } = open(20);
  screen.draw([], ["x".repeat(19), "\u001b[31m報告書\u001b[39m"]);
  resize(5);
  screen.draw([], ["y"]);
  expect(writes.at(-1)).toBe("\r\u001b[6Ay\u001b[K\n\u001b[J");
});

test("somebody else may write in between", () => {
  const { screen, writes } = open();
  screen.draw([], ["a", "b"]);
  screen.clear();
  screen.draw([], ["a", "b"]);
  expect(writes.slice(1)).toEqual(["\r\u001b[2A\u001b[J", "\ra\u001b[K\nb\u001b[K\n\u001b[J"]);
});

test("an untouched screen is left untouched", () => {
  const { screen, writes } = open();
  screen.draw([], []);
  screen.clear();
  screen.leave();
  expect(writes).toEqual([]);
});

function open(columns = 80) {
  const writes: string[] = [];
  let width = columns;
  const screen = createScreen({
    write: (text) => void writes.push(text),
    isTTY: true,
    columns: () => width,
    rows: () => 24,
    onResize: () => () => {},
  });
  return { screen, writes, resize: (to: number) => (width = to) };
}
