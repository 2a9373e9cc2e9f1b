import { connect, type Socket } from "node:net";
import { now, sentAt } from "./example-job.ts";

const ID = Buffer.from("\nid:");
const LINE_END = 10;
const READY = Buffer.from("ready\n");
/** Shared by all viewers of the process, as each piece is looked at before the next is read. */
const buffer = Buffer.allocUnsafe(256 * 1024);

/** What all viewers of a run have seen together; `fault` makes the run void. */
export type Seen = { received: number; delays: number[]; fault: Error | undefined };

export type Viewer = {
  socket: Socket;
  /** Resolves when the stream is live. */
  live: Promise<void>;
  /** How many events with an id it has received, and the last id. */
  count: number;
  lastId: string;
};

export type ViewerOptions = {
  url: string;
  user: string;
  /** What is asked for behind the path. */
  query: string;
  /** Whether it measures the delay of what it receives. */
  isMeasuring: boolean;
  /** Everything it receives, piece by piece. */
  onText?: ((text: string) => void) | undefined;
};

/**
 * One stream. It counts the ids it is sent and looks whether they never go down; it does little else, so that the
 * server has more to do than the client. An id that is split over two pieces counts once.
 */
export function openViewer({ url, user, query, isMeasuring, onText }: ViewerOptions, seen: Seen): Viewer {
  const { hostname: host, port } = new URL(url);
  const { promise: live, resolve, reject } = Promise.withResolvers<void>();
  let isLive = false;
  let lastSeq = 0;
  let rest: Buffer = Buffer.alloc(0);

  function read(size: number): boolean {
    const arrived = buffer.subarray(0, size);
    const piece = rest.length === 0 ? arrived : Buffer.concat([rest, arrived]);
    rest = Buffer.from(piece.subarray(-(ID.length - 1)));
    let last = -1;
    for (let at = piece.indexOf(ID); at !== -1; at = piece.indexOf(ID, at + ID.length)) {
      viewer.count += 1;
      seen.received += 1;
      last = at + ID.length;
    }
    if (last !== -1) noteId(piece, last);
    if (!isLive && piece.includes(READY)) {
      isLive = true;
      resolve();
    }
    if (isMeasuring) measure(piece.toString("latin1"));
    onText?.(piece.toString("latin1"));
    return true;
  }

  function noteId(piece: Buffer, from: number): void {
    const end = piece.indexOf(LINE_END, from);
    if (end === -1) return;
    const id = piece.toString("latin1", from, end).trim();
    const seq = Number(id.slice(id.indexOf(".") + 1));
    if (seq < lastSeq) seen.fault ??= new Error(`void: id ${id} came after ${viewer.lastId}`);
    lastSeq = seq;
    viewer.lastId = id;
  }

  function measure(text: string): void {
    const at = sentAt(text);
    if (at !== undefined) seen.delays.push(now() - at);
  }

  const socket = connect({ host, port: Number(port), noDelay: true, onread: { buffer, callback: read } });
  socket.once("error", reject);
  socket.once("close", () => reject(new Error("void: a stream ended before it was live")));
  socket.write(
    `GET /api/external/jobs/stream${query} HTTP/1.1\r\nHost: localhost\r\nX-User: ${user}\r\n\r\n`,
  );
  const viewer: Viewer = { socket, live, count: 0, lastId: "" };
  return viewer;
}
