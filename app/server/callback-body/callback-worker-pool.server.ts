import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { ArchiveCheck } from "#app/server/artifacts/check-archive.server.ts";
import type { ParseTask } from "./callback-worker.server.ts";
import type { ParsedCallback } from "./parse-callback.server.ts";

/** After this without work the thread ends and gives its memory back. */
const IDLE_MS = 5_000;
/** Far above what the largest body takes, so that none ends the thread, and with it the work of another. */
const MAX_HEAP_MB = 1024;
/** Little room for what is new makes the thread clean up often: left alone it keeps 150 MB more. */
const YOUNG_HEAP_MB = 8;
/** From the sources Node runs the TypeScript; the build puts the worker beside the server. */
const ENTRY = import.meta.url.endsWith(".ts") ? "./callback-worker.server.ts" : "./callback-worker.cjs";

/** The heavy work on callbacks, in one thread of its own. What is handed over must not be used any more. */
export type CallbackWorker = {
  parse(task: ParseTask): Promise<ParsedCallback>;
  checkArchive(bytes: Uint8Array): Promise<ArchiveCheck>;
  /** An open file, which stays open until this resolves. */
  checkArchiveFile(fd: number): Promise<ArchiveCheck>;
  /** Waits for what is being worked on. */
  close(): Promise<void>;
};

export function createCallbackWorker(): CallbackWorker {
  const pool = new Piscina({
    filename: fileURLToPath(new URL(ENTRY, import.meta.url)),
    minThreads: 0,
    maxThreads: 1,
    // A large archive is unpacked by and by; a final need not wait for it.
    concurrentTasksPerWorker: 2,
    idleTimeout: IDLE_MS,
    atomics: "disabled",
    // Where there is no core to spare, other requests go first. Elsewhere the whole process would give way.
    niceIncrement: process.platform === "linux" ? 10 : 0,
    recordTiming: false,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
  });
  return {
    parse({ bytes, options }) {
      const own = owned(bytes);
      return pool.run({ bytes: own, options }, { name: "parse", transferList: [own.buffer] });
    },
    checkArchive(bytes) {
      const own = owned(bytes);
      return pool.run(own, { name: "checkArchive", transferList: [own.buffer] });
    },
    checkArchiveFile: (fd) => pool.run(fd, { name: "checkArchiveFile" }),
    close: () => pool.close(),
  };
}

/** Bytes whose buffer holds nothing else and can be handed over. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(bytes);
}
