import { eventStream } from "remix-utils/sse/server";
import type { LiveClock } from "./live-clock.server.ts";

const HEADERS = {
  "Content-Type": "text/event-stream",
  // no-transform: a compressing proxy would hold the events back (delivery: trap 2).
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
} as const;

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
 * garbage was collected (delivery: trap 1).
 */
export function eventStreamResponse(
  { soon }: Pick<LiveClock, "soon">,
  open: (wire: Wire) => WireSource,
): Response {
  const disconnected = new AbortController();
  let isWanted = false;
  let isPlanned = false;
  let isEnded = false;
  /** What `eventStream` has enqueued and we have not read: counted, as nobody reads while there is nothing. */
  let chunks = 0;
  let proceed: (() => void) | undefined;
  let pass: () => void = () => {};

  function wake(): void {
    if (!isWanted || isPlanned) return;
    isPlanned = true;
    soon(() => {
      isPlanned = false;
      if (isWanted && !isEnded) pass();
    });
  }

  const inner = eventStream(
    disconnected.signal,
    (send, end) => {
      const source = open({
        wake,
        close() {
          if (isEnded) return;
          write(true);
          end();
        },
      });
      function write(isEnding: boolean): void {
        const text = source.take(isEnding);
        if (text === "") return;
        sendFrames(send, text);
        proceed?.();
      }
      pass = () => write(false);
      return () => {
        isEnded = true;
        source.cleanUp();
        proceed?.();
      };
    },
    {},
    { size: () => ((chunks += 1), 1) },
  );
  const reader = inner.body?.getReader();

  async function nextWrite(): Promise<Uint8Array | undefined> {
    if (chunks === 0 && !isEnded) {
      await new Promise<void>((resolve) => {
        proceed = resolve;
        isWanted = true;
        wake();
      });
      isWanted = false;
    }
    const parts: Uint8Array[] = [];
    for (; chunks > 0; chunks--) {
      const { value } = (await reader?.read()) ?? {};
      if (value !== undefined) parts.push(value);
    }
    return parts.length === 0 ? undefined : Buffer.concat(parts);
  }

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await nextWrite();
        if (bytes === undefined) controller.close();
        else controller.enqueue(bytes);
      },
      async cancel(reason) {
        disconnected.abort();
        await reader?.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: HEADERS });
}

/**
 * Any number of frames by one call: `eventStream` writes "event: ", the name as it is, "data: " and the data, so that
 * what stands between the first of these words and the last can be passed as the name.
 */
function sendFrames(send: (event: { event: string; data: string }) => void, frames: string): void {
  const last = frames.lastIndexOf("\ndata: ");
  send({ event: frames.slice("event: ".length, last), data: frames.slice(last + "\ndata: ".length, -2) });
}
