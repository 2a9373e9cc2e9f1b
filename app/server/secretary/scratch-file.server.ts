import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHUNK = 64 * 1024;

/** A file without a name: its bytes are on the disk and gone with the process, however that ends. */
export type ScratchFile = {
  fd: number;
  append(chunk: Uint8Array): Promise<void>;
  /** The first bytes, at most so many. */
  beginning(bytes: number): Promise<Uint8Array>;
  /** All of it, piece by piece. */
  content(): AsyncIterable<Uint8Array>;
} & AsyncDisposable;

/** Opens one in the folder for temporary files (`TMPDIR`); to be closed at the end of its block. */
export async function openScratchFile(): Promise<ScratchFile> {
  const path = join(tmpdir(), `jobmon-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  await unlink(path);
  let size = 0;
  return {
    fd: file.fd,
    async append(chunk) {
      for (let from = 0; from < chunk.byteLength;) {
        const { bytesWritten } = await file.write(chunk, from, chunk.byteLength - from, size);
        from += bytesWritten;
        size += bytesWritten;
      }
    },
    beginning: async (bytes) => readAt(file, 0, bytes),
    async *content() {
      for (let at = 0; at < size;) {
        const chunk = await readAt(file, at, CHUNK);
        if (chunk.byteLength === 0) throw new Error("a temporary file has become shorter");
        at += chunk.byteLength;
        yield chunk;
      }
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function readAt(file: FileHandle, at: number, bytes: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(bytes), 0, bytes, at);
  return buffer.subarray(0, bytesRead);
}
