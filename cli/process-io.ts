import { constants } from "node:os";
import type { WriteStream } from "node:tty";
import { readEnvironment } from "./environment.ts";
import type { Io, Output } from "./io.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The real outputs, clock and signals. A reader that has gone away (EPIPE) ends the process quietly with 0. */
export function createProcessIo(): Io {
  const stderr = createOutput(() => process.stderr);
  return {
    stdout: createOutput(() => process.stdout),
    stderr,
    environment: readEnvironment(),
    now: Date.now,
    async readSecret(prompt) {
      const { readSecret } = await import("./read-secret.ts");
      const interrupt = (): void => void process.kill(process.pid, "SIGINT");
      return readSecret(prompt, { input: process.stdin, stderr, interrupt });
    },
    onSignal(listener) {
      const taken = SIGNALS.map((signal) => {
        const take = (): void => listener(128 + constants.signals[signal]);
        process.on(signal, take);
        return () => process.off(signal, take);
      });
      return () => taken.forEach((release) => release());
    },
  };
}

/** Opens the stream where it is first used: Node makes it then. */
function createOutput(find: () => WriteStream): Output {
  let found: WriteStream | undefined;
  const stream = (): WriteStream => (found ??= find().on("error", endQuietly));
  return {
    write: (text) => void stream().write(text),
    get isTTY() {
      return stream().isTTY === true;
    },
    columns: () => stream().columns || 80,
    rows: () => stream().rows || 24,
    onResize(listener) {
      stream().on("resize", listener);
      return () => stream().off("resize", listener);
    },
  };
}

function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  process.exit(0);
}
