import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { eventStream } from "remix-utils/sse/server";
import { bytesOf, type SendEvent, sendFrames } from "./encode-frames.server.ts";
import type { LiveClock } from "./live-clock.server.ts";

const HEADERS = {
  "Content-Type": "text/event-stream",
  // no-transform: a compressing proxy would hold the events back (delivery: trap 2).
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
} as const;

/** The part of an HTTP answer that a stream is written to. */
type Outgoing = Pick<
  ServerResponse,
  "headersSent" | "flushHeaders" | "socket" | "useChunkedEncodingByDefault"
>;

const shortcuts = new WeakMap<ReadableStream, (outgoing: Outgoing) => void>();

/**
 * Lets a stream of `eventStreamResponse` write straight to the connection its HTTP answer goes out by, as soon as its
 * head and first bytes are out; to be called before. The body still tells of its end, and is cancelled when the
 * viewer is gone. Any other response is left as it is.
 */
export function writeStraightTo(outgoing: Outgoing, { body }: Response): void {
  const shortcut = body === null ? undefined : shortcuts.get(body);
  if (shortcut === undefined || outgoing.headersSent) return;
  // The connection ends with the stream: events need no chunks around them, and one write of each is one packet.
  outgoing.useChunkedEncodingByDefault = false;
  shortcut(outgoing);
}

/** The viewer's end of a stream, as its source sees it. */
export type Wire = {
  /** There is something to take: it is taken when this turn is over and the viewer has room for it. */
  wake(): void;
  /** Takes what is left, then ends the stream. */
  close(): void;
};

/** What a stream shows. `take` gives whole events as SSE, and the rest of them when the stream `isEnding`. */
export type WireSource = {
  take(isEnding: boolean): string;
  /** Called exactly once, however the stream ends. */
  cleanUp(): void;
};

/**
 * The only way to answer with Server-Sent Events. One write per turn, and none before the viewer has taken the last:
 * what is not taken waits in the source, which knows how much that is (delivery: trap 3). The signal is our own,
 * aborted by `cancel()` of the body before the inner stream is cancelled, because `request.signal` stays silent once
 * garbage was collected (delivery: trap 1). A write waits for no promise: what `eventStream` enqueues is seen when it
 * is measured, and taken out at once; and what can be written straight to the answer does not pass through it.
 */
export function eventStreamResponse(
  { soon }: Pick<LiveClock, "soon">,
  open: (wire: Wire) => WireSource,
): Response {
  const disconnected = new AbortController();
  let source: WireSource | undefined;
  let sink: ReadableStreamDefaultController<Uint8Array> | undefined;
  let outgoing: Outgoing | undefined;
  let connection: Socket | undefined;
  let parts: Uint8Array[] = [];
  let isWanted = false;
  let hasNews = false;
  let isPlanned = false;
  let isEnded = false;

  function wake(): void {
    hasNews = true;
    if (!isWanted || isPlanned) return;
    isPlanned = true;
    soon(pass);
  }

  function pass(): void {
    isPlanned = false;
    if (isWanted && !isEnded) write(false);
  }

  let send: SendEvent = () => {};
  let end = (): void => {};

  function write(isEnding: boolean): void {
    hasNews = false;
    const text = source?.take(isEnding) ?? "";
    if (text === "") return;
    if (isWanted && outgoing?.headersSent === true) connect(outgoing);
    if (isWanted && connection !== undefined) {
      isWanted = connection.write(bytesOf(text));
      if (!isWanted) connection.once("drain", want);
      return;
    }
    isWanted = false;
    sendFrames(send, text);
    for (const _ of parts) void reader?.read();
    sink?.enqueue(Buffer.concat(parts));
    parts = [];
  }

  /** From here on the connection is ours to write to: the head is on its way. */
  function connect(answer: Outgoing): void {
    answer.flushHeaders();
    connection = answer.socket ?? undefined;
    outgoing = undefined;
  }

  function want(): void {
    isWanted = true;
    if (hasNews) wake();
  }

  function close(): void {
    if (isEnded) return;
    write(true);
    end();
  }

  const inner = eventStream(
    disconnected.signal,
    (sendEvent, endStream) => {
      [send, end] = [sendEvent, endStream];
      return () => {
        isEnded = true;
        source?.cleanUp();
        if (!disconnected.signal.aborted) sink?.close();
      };
    },
    {},
    { size: (chunk: Uint8Array) => parts.push(chunk) },
  );
  const reader = inner.body?.getReader();

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        sink = controller;
      },
      pull: want,
      async cancel(reason) {
        disconnected.abort();
        await reader?.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  shortcuts.set(body, (answer) => (outgoing = answer));
  source = open({ wake, close });
  return new Response(body, { headers: HEADERS });
}
