/** From this size on a chunk is worth being given back by hand. */
const LARGE_CHUNK = 16 * 1024;

/**
 * Collects the chunks of a body in one piece of memory, so that no chunk is held on to. Memory is taken for what has
 * arrived, or for `expected` bytes once that is trusted.
 */
export type BodyBuffer = {
  /** Takes a chunk over: the caller must not use it any more. */
  add(chunk: Uint8Array): void;
  /** From here on memory is taken for as many bytes at once, if so many come. */
  expect(bytes: number): void;
  /** What has arrived so far; valid until the next call of `add`. */
  bytes(): Uint8Array;
};

export function createBodyBuffer(): BodyBuffer {
  let buffer = new Uint8Array();
  let size = 0;
  let expected = 0;

  function grow(needed: number): void {
    const larger = new Uint8Array(Buffer.allocUnsafeSlow(Math.max(needed, expected, size * 2)).buffer);
    larger.set(buffer.subarray(0, size));
    free(buffer);
    buffer = larger;
  }

  return {
    add(chunk) {
      if (size + chunk.byteLength > buffer.byteLength) grow(size + chunk.byteLength);
      buffer.set(chunk, size);
      size += chunk.byteLength;
      free(chunk);
    },
    expect(bytes) {
      expected = bytes;
    },
    bytes: () => buffer.subarray(0, size),
  };
}

/** Gives the memory of a large chunk back at once: left to the garbage collector, they pile up by the dozen megabytes. */
function free({ buffer, byteLength }: Uint8Array): void {
  const isAll = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  if (isAll && byteLength >= LARGE_CHUNK) buffer.transfer(0);
}
