import type { FileSource } from "./artifact-store.ts";

/** No more than this goes on in one piece, so that nothing large is sent at once. */
const PIECE_BYTES = 1024 * 1024;

/** The first bytes of a source, and `all` of it, to be read once. `isAll`: there are no more than the first. */
export type SourceStart = {
  start: Uint8Array;
  isAll: boolean;
  all: () => AsyncGenerator<Uint8Array>;
};

/** Reads a source until it is known whether it has more than `limit` bytes; what was read is in memory. */
export async function readStart(source: FileSource, limit: number): Promise<SourceStart> {
  const rest = pieces(source);
  const read: Uint8Array[] = [];
  let size = 0;
  let isAll = false;
  while (!isAll && size <= limit) {
    const { done, value } = await rest.next();
    if (done) isAll = true;
    else size += read.push(value) && value.byteLength;
  }
  return {
    start: Buffer.concat(read),
    isAll,
    async *all() {
      try {
        yield* read;
        yield* rest;
      } finally {
        await rest.return(undefined);
      }
    },
  };
}

async function* pieces(source: FileSource): AsyncGenerator<Uint8Array, undefined> {
  if (!(source instanceof Uint8Array)) {
    yield* source;
    return;
  }
  for (let at = 0; at < source.byteLength; at += PIECE_BYTES) yield source.subarray(at, at + PIECE_BYTES);
}
