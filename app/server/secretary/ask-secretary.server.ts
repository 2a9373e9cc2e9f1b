import { createParser, type EventSourceMessage } from "eventsource-parser";
import { z } from "zod";
import { isProcessId } from "#app/contract/process-id.ts";
import {
  faultOf,
  type SecretaryClient,
  SecretaryFault,
  type SecretaryResponse,
} from "./secretary-client.server.ts";

const FIRST_EVENT_MS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** The word that there is no such job is far smaller. */
const PEEK_CHARS = 8 * 1024;

export type SecretaryAnswer =
  /** The present state of the job, in the form of a callback. */
  | { kind: "word"; bytes: Uint8Array<ArrayBuffer> }
  /** „Job nicht gefunden“: no word about the job's end. */
  | { kind: "unknown" }
  /** The key is not good: asking on would be pointless. */
  | { kind: "refused"; status: number }
  /** No answer that could be used. */
  | { kind: "fault"; reason: string };

export type AskSecretary = (processId: string, signal: AbortSignal) => Promise<SecretaryAnswer>;

/**
 * Asks by the first event of the job's stream (secretary-contract: asking it), which comes at once, and closes it: 10 s
 * and 32 MB at most. Never rejects.
 */
export function createAskSecretary(options: {
  client: Pick<SecretaryClient, "get">;
  firstEventMs?: number;
}): AskSecretary {
  const { client, firstEventMs = FIRST_EVENT_MS } = options;
  return async (processId, signal) => {
    if (!isProcessId(processId)) return { kind: "fault", reason: "no number of a process" };
    const inTime = new AbortController();
    const abort = (): void => inTime.abort();
    const late = setTimeout(abort, firstEventMs);
    signal.addEventListener("abort", abort);
    try {
      const path = `/api/jobs/${processId}/stream`;
      const get = { accept: "text/event-stream", signal: inTime.signal, silenceMs: firstEventMs };
      const response = await client.get(path, get);
      const said = answerOfStatus(response);
      if (said === undefined) return answerOf(await firstEvent(response));
      response.body.destroy();
      return said;
    } catch (error) {
      return { kind: "fault", reason: inTime.signal.aborted ? "no answer in time" : faultOf(error).message };
    } finally {
      clearTimeout(late);
      signal.removeEventListener("abort", abort);
    }
  };
}

/** What the head of an answer says already; undefined where its body is to be read. */
export function answerOfStatus(
  response: Pick<SecretaryResponse, "status" | "header">,
): SecretaryAnswer | undefined {
  const { status } = response;
  if (status === 401 || status === 403) return { kind: "refused", status };
  if (status === 404) return { kind: "unknown" };
  if (status !== 200) return { kind: "fault", reason: `HTTP ${status}` };
  const isStream = response.header("content-type")?.startsWith("text/event-stream");
  return isStream ? undefined : { kind: "fault", reason: "the answer is no event stream" };
}

async function firstEvent({ body }: SecretaryResponse): Promise<EventSourceMessage> {
  const found: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => found.push(event) });
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new SecretaryFault("the answer is larger than 32 MB");
    parser.feed(decoder.decode(chunk, { stream: true }));
    if (found[0] !== undefined) return found[0];
  }
  throw new SecretaryFault("the answer broke off");
}

const errorEvent = z.object({ phase: z.literal("error"), error: z.null().optional() });

/** An error without an error object is the word that there is no such job, not of its end. */
export function answerOf({ event, data }: Pick<EventSourceMessage, "event" | "data">): SecretaryAnswer {
  if (event === "timeout") return { kind: "fault", reason: "the stream is over" };
  if (data.length <= PEEK_CHARS && errorEvent.safeParse(parsed(data)).success) return { kind: "unknown" };
  return { kind: "word", bytes: new TextEncoder().encode(data) };
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
