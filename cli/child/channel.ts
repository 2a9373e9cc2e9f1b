import type { Readable } from "node:stream";

/** One way out of a command: the descriptor it writes to, and where that can be read. */
export type Channel = {
  /** Handed to the command, then closed on this side. */
  writing: number;
  reading: Readable;
  /** What was read as the command wrote it. */
  fromWire: (chunk: Buffer) => Buffer;
};
