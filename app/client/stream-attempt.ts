import { createParser, type EventSourceMessage } from "eventsource-parser";
import { decodeStreamEvent, type StreamEvent } from "#app/contract/stream.ts";
import { retryAfterMs } from "./retry-after.ts";

/** Two missed heartbeats and a margin. */
const SILENCE_MS = 40_000;

/** What an event may have in characters: more than the longest of ours. */
const LONGEST = 1_000_000;

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
 * `silenceMs` without any both end it.
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
  const ended = new AbortController();
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let heardAt = 0;
  let askedToWaitMs = 0;

  const parser = createParser({ onEvent: receive, maxBufferSize: LONGEST });
  watchSilence();
  follow().catch(() => end("unreachable"));

  async function follow(): Promise<void> {
    const { signal } = ended;
    const headers = { Accept: "text/event-stream" };
    const response = await request(url, { headers, cache: "no-store", signal });
    askedToWaitMs = retryAfterMs(response.headers, Date.now());
    const { status, body } = response;
    const isStream = /^text\/event-stream\b/i.test(response.headers.get("Content-Type") ?? "");
    if (status !== 200 || !isStream || body === null) return end("unreachable", status);
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) parser.feed(read.value);
    end("unreachable");
  }

  function receive({ event = "message", data, id = "" }: EventSourceMessage): void {
    if (ended.signal.aborted) return;
    watchSilence();
    let read: StreamEvent | undefined;
    try {
      read = decodeStreamEvent(event, data, id);
    } catch {
      return end("malformed");
    }
    if (read !== undefined) options.onEvent(read);
  }

  function watchSilence(): void {
    heardAt = Date.now();
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => end("silent"), silenceMs);
  }

  function end(problem: AttemptEnd["problem"], status?: number): void {
    if (ended.signal.aborted) return;
    close();
    options.onEnd({ problem, status, retryAfterMs: askedToWaitMs });
  }

  function close(): void {
    clearTimeout(silenceTimer);
    ended.abort();
  }

  return { isQuiet: () => Date.now() - heardAt > silenceMs / 2, close };
}
