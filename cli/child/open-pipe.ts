import { spawnSync } from "node:child_process";
import { constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Channel } from "./channel.ts";

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;

/**
 * A real pipe. What `child_process` calls one is a socket, which a command notices: it cannot open `/dev/stdout`.
 * Made as a FIFO that has no name any more when this returns. Throws where `mkfifo` is missing.
 */
export function openPipe(): Channel {
  const folder = mkdtempSync(join(tmpdir(), "jobmon-pipe-"));
  const path = join(folder, "pipe");
  try {
    const { status, error } = spawnSync("mkfifo", ["-m", "600", path], { stdio: "ignore" });
    if (status !== 0) throw new Error(`mkfifo ${path} failed`, { cause: error });
    // Only the end that is read here does not block; one that may write has to come second, or opening would wait.
    const reading = openSync(path, O_RDONLY | O_NONBLOCK);
    const writing = openSync(path, O_WRONLY);
    return {
      writing,
      reading: new Socket({ fd: reading, readable: true, writable: false }),
      fromWire: (chunk) => chunk,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
