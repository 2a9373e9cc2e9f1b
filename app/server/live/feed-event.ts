import { type Cursor, formatCursor } from "#app/contract/cursor.ts";
import type { JobLog } from "#app/contract/job.ts";
import type { JobUpdate } from "#app/contract/stream.ts";

/** One line of a followed job, with its place among all lines it ever had. */
type JobLogLine = { jobId: string; index: number; entry: JobLog };

/** A job's new state, the same object for all who are shown it. */
export type StateEvent =
  | { event: "job_update"; data: JobUpdate; at: Cursor }
  | { event: "job_removed"; data: { jobId: string }; at: Cursor };

/**
 * An event on its way to one viewer. `at` is the position it may be resumed from; the id on the wire is made of it
 * when it goes out, because by then something older may still be waiting.
 */
export type FeedEvent =
  | StateEvent
  | { event: "job_log"; data: JobLogLine }
  | { event: "ready"; at: Cursor; isDegraded: boolean }
  | { event: "reset"; at: Cursor }
  | { event: "heartbeat"; isDegraded: boolean }
  | { event: "bye"; data: { retry: number } };

type Json = { text: string; bytes: number };

const lines = new WeakMap<JobLog, JobLogLine>();
const texts = new WeakMap<object, Json>();

/** The stream's form of a line, made once for all who follow the job; an entry belongs to one line only. */
export function lineOf(jobId: string, index: number, entry: JobLog): JobLogLine {
  let line = lines.get(entry);
  if (line === undefined) lines.set(entry, (line = { jobId, index, entry }));
  return line;
}

/** The data of an event as JSON, made once per object, so that viewers of one user share it. */
export function jsonOf(data: object): Json {
  let json = texts.get(data);
  if (json === undefined) {
    const text = JSON.stringify(data);
    texts.set(data, (json = { text, bytes: Buffer.byteLength(text) }));
  }
  return json;
}

/** One event as it stands on the wire. JSON has no line breaks of its own, names and ids are ours. */
export function frame(event: string, json: string, id?: string): string {
  return id === undefined
    ? `event: ${event}\ndata: ${json}\n\n`
    : `event: ${event}\nid: ${id}\ndata: ${json}\n\n`;
}

let lastId: { at: Cursor | undefined; id: string } = { at: undefined, id: "" };
const FRAMES_KEPT = 64;
const frames = new Map<StateEvent, { at: Cursor; text: string }>();

/** The id on the wire. Viewers of one user mostly ask for the same, one after the other: it is made once. */
export function idOf(at: Cursor): string {
  if (lastId.at !== at) lastId = { at, id: formatCursor(at) };
  return lastId.id;
}

/** A job's new state as it stands on the wire, the same string for all viewers who are told of it at the same position. */
export function stateFrame(event: StateEvent, json: string, at: Cursor): string {
  const known = frames.get(event);
  if (known?.at === at) return known.text;
  const text = frame(event.event, json, idOf(at));
  if (frames.size >= FRAMES_KEPT) frames.clear();
  frames.set(event, { at, text });
  return text;
}
