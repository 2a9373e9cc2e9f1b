/**
 * A position in one user's feed. `epoch` is random per feed and changes when the feed is restored or lost;
 * `seq` grows with the commits, with gaps (design: words, `cursor`).
 */
export type Cursor = { epoch: string; seq: bigint };

const FORMAT = /^([0-9a-z]{1,32})\.(0|[1-9][0-9]{0,18})$/;

/** `<epoch>.<seq>`: opaque to clients, plain ASCII, safe as an SSE id. */
export function formatCursor({ epoch, seq }: Cursor): string {
  return `${epoch}.${seq}`;
}

/** Reads what a client sent back; undefined for anything that is not a cursor. Never throws. */
export function parseCursor(text: string): Cursor | undefined {
  const [, epoch, seq] = FORMAT.exec(text) ?? [];
  return epoch === undefined || seq === undefined ? undefined : { epoch, seq: BigInt(seq) };
}
