import { eventStream } from "remix-utils/sse/server";
import type { StreamEvent } from "#app/contract/stream.ts";

const HEADERS = {
  "Content-Type": "text/event-stream",
  // no-transform: a compressing proxy would hold the events back (delivery: trap 2).
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
} as const;

/** What a stream's source may do: send events until it is closed, by either side. */
export type EventSink = {
  send(event: StreamEvent): void;
  close(): void;
};

/**
 * The only way to answer with Server-Sent Events. `open` starts the source and returns how to clean it up, which
 * happens exactly once, however the stream ends. The signal is our own, aborted by `cancel()` of the body before the
 * inner stream is cancelled, because `request.signal` stays silent once garbage was collected (delivery: trap 1).
 */
export function eventStreamResponse(open: (sink: EventSink) => () => void): Response {
  const disconnected = new AbortController();
  const inner = eventStream(disconnected.signal, (send, close) => {
    const cleanUp = open({
      send: ({ event, data, ...rest }) => {
        send({
          event,
          data: JSON.stringify(data),
          ...("id" in rest && rest.id !== undefined ? { id: rest.id } : {}),
        });
      },
      close,
    });
    return cleanUp;
  });
  return new Response(inner.body && abortOnCancel(inner.body, disconnected), { headers: HEADERS });
}

/** Passes bytes on as they are asked for; a cancelled body aborts the source first. */
function abortOnCancel(
  body: ReadableStream<Uint8Array>,
  disconnected: AbortController,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        disconnected.abort();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
