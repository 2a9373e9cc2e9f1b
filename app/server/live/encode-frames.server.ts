let lastWritten = { text: "", bytes: Buffer.alloc(0) };

/** Viewers of one user, who are written to one after the other, mostly get the same: it is encoded once. */
export function bytesOf(text: string): Uint8Array {
  if (lastWritten.text !== text) lastWritten = { text, bytes: Buffer.from(text) };
  return lastWritten.bytes;
}

/** The `send` of remix-utils' `eventStream`. */
export type SendEvent = (event: { event: string; data: string }) => void;

/**
 * Any number of frames by one call: `eventStream` writes "event: ", the name as it is, "data: " and the data, so that
 * what stands between the first of these words and the last can be passed as the name.
 */
export function sendFrames(send: SendEvent, frames: string): void {
  const last = frames.lastIndexOf("\ndata: ");
  send({ event: frames.slice("event: ".length, last), data: frames.slice(last + "\ndata: ".length, -2) });
}
