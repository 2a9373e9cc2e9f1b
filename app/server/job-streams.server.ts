import { randomInt } from "node:crypto";
import { errorAnswer } from "./answers.server.ts";
import { type EventSink, eventStreamResponse } from "./event-stream-response.server.ts";
import type { JobStream, JobStreamRequest, OpenJobStream } from "./open-job-stream.server.ts";

export type JobStreams = {
  /** Answers one viewer with the live stream. */
  respond(request: JobStreamRequest): Response;
  /** Says `bye` to every viewer and ends its stream; each is told when to come back. No stream is opened after that. */
  closeAll(): void;
  /** How many streams are open. */
  count(): number;
};

/** Keeps the open streams of this process: one shared heartbeat for all, and their end. */
export function createJobStreams(options: {
  open: OpenJobStream;
  heartbeatMs: number;
  onError: (error: unknown) => void;
}): JobStreams {
  const { open, heartbeatMs, onError } = options;
  const streams = new Map<JobStream, EventSink>();
  let isClosed = false;

  function fail(error: unknown, sink: EventSink): void {
    onError(error);
    sink.close();
  }

  const timer = setInterval(() => {
    for (const [stream, sink] of streams) stream.heartbeat().catch((error) => fail(error, sink));
  }, heartbeatMs);
  timer.unref();

  return {
    respond(request) {
      if (isClosed) return stopping();
      return eventStreamResponse((sink) => {
        const stream = open(request, sink.send);
        streams.set(stream, sink);
        stream.start().catch((error) => fail(error, sink));
        return () => {
          streams.delete(stream);
          stream.close();
        };
      });
    },
    closeAll() {
      isClosed = true;
      clearInterval(timer);
      for (const sink of streams.values()) {
        sink.send({ event: "bye", data: { retry: randomInt(500, 5000) } });
        sink.close();
      }
    },
    count: () => streams.size,
  };
}

function stopping(): Response {
  const headers = { "Retry-After": String(randomInt(1, 6)), Connection: "close" };
  return errorAnswer(503, "stopping", "the server is stopping: connect again in a moment", { headers });
}
