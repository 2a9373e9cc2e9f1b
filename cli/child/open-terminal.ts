import { closeSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { ReadStream } from "node:tty";
import type { Channel } from "./channel.ts";

export type Size = { columns: number; rows: number };
export type TerminalChannel = Channel & { resize(size: Size): void };

/** What of node-pty's native part is used; `master` and `slave` are file descriptors, `pty` is the path of the slave. */
type Native = {
  open(columns: number, rows: number): { master: number; slave: number; pty: string };
  resize(master: number, columns: number, rows: number): void;
};

/**
 * A pseudo-terminal for a command to write to: it sees a terminal of this size, and what it writes can be read.
 * Undefined where the optional package for this platform is not installed. It is for output alone: the command keeps
 * its input and its controlling terminal.
 */
export function openTerminal({ columns, rows }: Size): TerminalChannel | undefined {
  const native = loadNative();
  if (native === undefined) return undefined;
  const { master, slave, pty } = native.open(columns, rows);
  // The slave that came along does not block: a command that fills it would see EAGAIN. One opened anew does.
  const writing = openSync(pty, "r+");
  closeSync(slave);
  return {
    writing,
    reading: new ReadStream(master),
    fromWire: withoutAddedReturns,
    resize: (size) => native.resize(master, size.columns, size.rows),
  };
}

function loadNative(): Native | undefined {
  const { platform, arch } = process;
  try {
    // The package of the platform belongs to the other one, and need not be visible from here.
    const nodePty = createRequire(import.meta.url).resolve("@lydell/node-pty/package.json");
    const binary: unknown = createRequire(nodePty)(`@lydell/node-pty-${platform}-${arch}/pty.node`);
    return isNative(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

function isNative(binary: unknown): binary is Native {
  if (typeof binary !== "object" || binary === null) return false;
  return (["open", "resize"] as const).every((name) => typeof Reflect.get(binary, name) === "function");
}

const RETURN = 0x0d;
const NEWLINE = 0x0a;

/**
 * A pseudo-terminal makes return and newline of every newline, and so will the terminal behind us: takes out what the
 * first one put in. Where a chunk ends between the two the return stays, which no terminal shows.
 */
export function withoutAddedReturns(chunk: Buffer): Buffer {
  const kept = Buffer.allocUnsafe(chunk.length);
  let length = 0;
  for (let at = 0; at < chunk.length; at++) {
    const byte = chunk[at] ?? 0;
    if (byte === RETURN && chunk[at + 1] === NEWLINE) continue;
    kept[length++] = byte;
  }
  return kept.subarray(0, length);
}
