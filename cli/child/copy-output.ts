import { write } from "node:fs";
import { promisify } from "node:util";
import type { Channel } from "./channel.ts";

const writeTo = promisify(write);
/** A pipe holds no more than this: what comes after it, once the command is over, is not the command's. */
const LEFT_IN_A_PIPE = 1024 * 1024;
const QUIET_MS = 250;
const BUSY_MS = 5;

export type Copy = {
  /**
   * The command is over: what it has written is still copied, then this resolves. It does not wait for a process that
   * was left behind with the same output.
   */
  finish(): Promise<void>;
};

/**
 * Copies everything a command writes, byte by byte and in order, to a descriptor of ours, and shows it to `onBytes`
 * before. No more is read than can be written, so a slow reader slows the command, as without us; when the reader is
 * gone, the command's next write fails as without us.
 */
export function copyOutput(
  { reading, fromWire }: Pick<Channel, "reading" | "fromWire">,
  to: number,
  onBytes: (chunk: Buffer) => void,
): Copy {
  const closed = Promise.withResolvers<void>();
  let writing: Promise<void> = Promise.resolve();
  let isOver = false;
  let afterwards = 0;
  let quiet: NodeJS.Timeout | undefined;

  // A pseudo-terminal ends with EIO, a pipe with an end.
  reading.on("error", () => {}).once("close", closed.resolve);
  reading.on("data", (wire: Buffer) => {
    clearTimeout(quiet);
    if (isOver) afterwards += wire.length;
    const chunk = fromWire(wire);
    onBytes(chunk);
    reading.pause();
    writing = pass(chunk);
  });

  async function pass(chunk: Buffer): Promise<void> {
    try {
      await writeAll(to, chunk);
    } catch {
      // Nobody reads any more, or nothing can be written: as with an output of its own, the command's next write fails.
      return leave();
    }
    reading.resume();
    if (isOver) watch();
  }

  function leave(): void {
    reading.destroy();
  }

  function watch(): void {
    clearTimeout(quiet);
    if (afterwards > LEFT_IN_A_PIPE) return leave();
    quiet = setTimeout(leave, QUIET_MS);
  }

  return {
    async finish() {
      isOver = true;
      await writing;
      watch();
      await closed.promise;
      clearTimeout(quiet);
      await writing;
    },
  };
}

/** Writes all of it, however the descriptor likes to be written to. Rejects when nobody reads it any more. */
async function writeAll(to: number, chunk: Buffer): Promise<void> {
  let done = 0;
  while (done < chunk.length) {
    try {
      done += (await writeTo(to, chunk, done)).bytesWritten;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
    }
  }
}
