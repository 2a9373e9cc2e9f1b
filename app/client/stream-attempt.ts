import { type ErrorEvent, EventSource } from "eventsource";
import { decodeStreamEvent, type StreamEvent, streamEvents } from "#app/contract/stream.ts";
import { retryAfterMs } from "./retry-after.ts";

/** Two missed heartbeats and a margin. */
const SILENCE_MS = 40_000;

/** Why an attempt is over: the status it was answered with, else what went wrong with the connection. */
export type AttemptEnd = {
  status: number | undefined;
  problem: "unreachable" | "silent" | "malformed";
  /** How long the server asked to be left alone. */
  retryAfterMs: number;
};

export type StreamAttempt = {
  /** Whether nothing has come for so long that a look is worthwhile: longer than one heartbeat takes. */
  isQuiet(): boolean;
  /** Lets go of the connection; nothing is called after that. */
  close(): void;
};

/**
 * One connection to the stream: every event in order, then `onEnd` exactly once. An event that cannot be read and
 * `silenceMs` without any both end it. An EventSource lives for one attempt only, because it gives up for good after
 * a 502 (delivery: trap 6).
 */
export function openStream(options: {
  url: URL;
  fetch?: typeof fetch;
  silenceMs?: number;
  onEvent: (event: StreamEvent) => void;
  onEnd: (end: AttemptEnd) => void;
}): StreamAttempt {
  // Called by its bare name: a browser's own fetch refuses to be called as a method of anything else.
  const { url, silenceMs = SILENCE_MS, fetch: request = fetch } = options;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let heardAt = 0;
  let askedToWaitMs = 0;

  const source = new EventSource(url, {
    async fetch(input, init) {
      const response = await request(input, init);
      askedToWaitMs = retryAfterMs(response.headers, Date.now());
      return response;
    },
  });
  for (const name of Object.keys(streamEvents)) source.addEventListener(name, receive);
  source.addEventListener("error", ({ code }: ErrorEvent) => end("unreachable", code));
  watchSilence();

  function receive({ type, data, lastEventId }: MessageEvent<string>): void {
    watchSilence();
    let event: StreamEvent | undefined;
    try {
      event = decodeStreamEvent(type, data, lastEventId);
    } catch {
      return end("malformed");
    }
    if (event !== undefined) options.onEvent(event);
  }

  function watchSilence(): void {
    heardAt = Date.now();
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => end("silent"), silenceMs);
  }

  function end(problem: AttemptEnd["problem"], status?: number): void {
    close();
    options.onEnd({ problem, status, retryAfterMs: askedToWaitMs });
  }

  function close(): void {
    clearTimeout(silenceTimer);
    source.close();
  }

  return { isQuiet: () => Date.now() - heardAt > silenceMs / 2, close };
}
