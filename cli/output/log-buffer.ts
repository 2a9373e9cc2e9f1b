import { cleanText } from "#app/domain/clean-text.ts";

/** As many lines as jobmon keeps of a job: what is older would be dropped there. */
const KEPT = 500;
const LONGEST = 2_000;
const BYTES_AROUND = 80;

export type BufferedLine = { timestamp: string; message: string };

export type LogBuffer = {
  add(message: string, timestamp: string): void;
  /** A line that is no text: told as a number of lines. */
  addBinary(timestamp: string): void;
  /** The oldest ones, at most 500 and about as many as fit into `bytes`, but one at least; they are gone from here. */
  take(bytes: number): BufferedLine[];
  isEmpty(): boolean;
};

/** What is told in place of lines that are not sent. */
export type GapTexts = {
  leftOut: (lines: { count: number }) => string;
  notText: (lines: { count: number }) => string;
};

/** The last 500 lines that wait to be sent; how many came before them is told in one line. */
export function createLogBuffer(texts: GapTexts): LogBuffer {
  let lines: BufferedLine[] = [];
  let leftOut = 0;
  let binary = { count: 0, timestamp: "" };

  function flushBinary(): void {
    if (binary.count === 0) return;
    lines.push({ timestamp: binary.timestamp, message: texts.notText(binary) });
    binary = { count: 0, timestamp: "" };
  }

  function dropOlder(): void {
    const surplus = lines.length - KEPT;
    if (surplus <= 0) return;
    leftOut += surplus;
    lines = lines.slice(surplus);
  }

  return {
    add(message, timestamp) {
      flushBinary();
      lines.push({ timestamp, message: cleanText(message, LONGEST) });
      if (lines.length >= 2 * KEPT) dropOlder();
    },
    addBinary(timestamp) {
      binary = { count: binary.count + 1, timestamp };
    },
    take(bytes) {
      flushBinary();
      dropOlder();
      const [first] = lines;
      if (leftOut > 0 && first !== undefined) {
        // Takes the place of one more line, so that never more than 500 are sent at once.
        const count = leftOut + (lines.length === KEPT ? 1 : 0);
        lines = [
          { timestamp: first.timestamp, message: texts.leftOut({ count }) },
          ...lines.slice(lines.length === KEPT ? 1 : 0),
        ];
        leftOut = 0;
      }
      let taken = 0;
      for (let size = 0; taken < lines.length; taken++) {
        size += Buffer.byteLength(lines[taken]?.message ?? "") + BYTES_AROUND;
        if (size > bytes && taken > 0) break;
      }
      return lines.splice(0, taken);
    },
    isEmpty: () => lines.length === 0 && binary.count === 0,
  };
}
