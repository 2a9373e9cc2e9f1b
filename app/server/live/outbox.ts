import { type Cursor, formatCursor } from "#app/contract/cursor.ts";
import { type FeedEvent, frame, idOf, jsonOf, stateFrame } from "./feed-event.ts";

type Waiting = {
  event: FeedEvent;
  text: string;
  bytes: number;
  /** When it may go: 0 is at once. */
  dueAt: number;
  /** Tells a status that the viewer does not know yet. */
  isNews: boolean;
};

export type Outbox = {
  put(event: FeedEvent): void;
  /** All that may go out by now, in order, as SSE; "" when that is nothing. With `everything` nothing is held back. */
  take(now: number, everything?: boolean): string;
  /** When `take` will have something; infinite when nothing waits. */
  dueAt(): number;
  /** How many events wait, and how many bytes their data has. */
  size(): number;
  bytes(): number;
};

/**
 * What waits for one viewer. A job's progress goes out at most once per `paceMs`, the first at once and the last
 * always; a status the viewer does not know yet goes at once, and is dropped for a newer state of its job only when
 * more than `roomBytes` wait. Lines are never dropped. Ids never go down, and never tell of what is still held back.
 */
export function createOutbox(options: { paceMs: number; roomBytes: number; onMerged: () => void }): Outbox {
  const { paceMs, roomBytes, onMerged } = options;
  const waiting = new Set<Waiting>();
  /** The last one waiting of each job. */
  const newest = new Map<string, Waiting>();
  /** What went out less than `paceMs` ago, oldest first. */
  const recent = new Map<string, { at: number; status: string }>();
  let bytes = 0;
  let due = Infinity;
  let told: Cursor | undefined;
  let highest = 0n;
  let beat: { isDegraded: boolean } | undefined;

  function add(event: FeedEvent, data: object, dueAt: number, isNews: boolean): Waiting {
    const json = jsonOf(data);
    const entry = { event, text: json.text, bytes: json.bytes, dueAt, isNews };
    waiting.add(entry);
    bytes += entry.bytes;
    due = Math.min(due, dueAt);
    return entry;
  }

  function drop(entry: Waiting): void {
    if (waiting.delete(entry)) bytes -= entry.bytes;
  }

  function putState(event: Extract<FeedEvent, { event: "job_update" | "job_removed" }>): void {
    const { jobId } = event.data;
    const status = statusOf(event);
    const before = newest.get(jobId);
    const sent = recent.get(jobId);
    const known = before === undefined ? sent?.status : statusOf(before.event);
    let isNews = known !== status;
    if (before !== undefined && (!before.isNews || !isNews || bytes > roomBytes)) {
      isNews ||= before.isNews;
      drop(before);
      onMerged();
    }
    newest.set(jobId, add(event, event.data, isNews || sent === undefined ? 0 : sent.at + paceMs, isNews));
  }

  /** Raises the viewer's position to what was sent, but not beyond the first that is still unsent. */
  function tell(at: Cursor, unsent: bigint | undefined): Cursor {
    const { epoch, seq } = at;
    if (seq > highest) highest = seq;
    const safe = unsent !== undefined && unsent <= highest ? unsent - 1n : highest;
    if (told?.epoch !== epoch || safe > told.seq) told = safe === seq ? at : { epoch, seq: safe };
    return told;
  }

  /** What does not wait any more, as it stands on the wire. */
  function wire({ event, text }: Waiting, at: number, unsent: bigint | undefined): string {
    if (event.event === "job_update" || event.event === "job_removed") {
      const { jobId } = event.data;
      recent.delete(jobId);
      recent.set(jobId, { at, status: statusOf(event) });
      return stateFrame(event, text, tell(event.at, unsent));
    }
    if (event.event !== "ready" && event.event !== "reset") return frame(event.event, text);
    const head = idOf(tell(event.at, unsent));
    return frame(event.event, headJson(head, event.event === "ready" && event.isDegraded), head);
  }

  function release(entry: Waiting, at: number, unsent: bigint | undefined): string {
    const { event } = entry;
    drop(entry);
    const isState = event.event === "job_update" || event.event === "job_removed";
    if (isState && newest.get(event.data.jobId) === entry) newest.delete(event.data.jobId);
    return wire(entry, at, unsent);
  }

  /** Whether all may go by now, in an order in which no id tells of what comes after it. */
  function goesWhole(at: number): boolean {
    let last = 0n;
    for (const { event, dueAt } of waiting) {
      if (dueAt > at) return false;
      if (!("at" in event)) continue;
      if (event.at.seq < last) return false;
      last = event.at.seq;
    }
    return true;
  }

  function takeAll(at: number): string {
    let text = "";
    for (const entry of waiting) text += wire(entry, at, undefined);
    waiting.clear();
    newest.clear();
    bytes = 0;
    due = Infinity;
    return text;
  }

  function takeSome(at: number, everything: boolean): string {
    const going: { entry: Waiting; unsent: bigint | undefined }[] = [];
    let unsent: bigint | undefined;
    const stays = ({ event }: Waiting): void => {
      if ("at" in event && (unsent === undefined || event.at.seq < unsent)) unsent = event.at.seq;
    };
    due = Infinity;
    for (const entry of waiting) {
      if (everything || entry.dueAt <= at) going.push({ entry, unsent: undefined });
      else {
        due = Math.min(due, entry.dueAt);
        stays(entry);
      }
    }
    for (const one of going.toReversed()) {
      one.unsent = unsent;
      stays(one.entry);
    }
    let text = "";
    for (const one of going) text += release(one.entry, at, one.unsent);
    return text;
  }

  return {
    put(event) {
      if (event.event === "job_update" || event.event === "job_removed") return putState(event);
      if (event.event === "job_log" || event.event === "bye") return void add(event, event.data, 0, false);
      due = 0;
      if (event.event === "heartbeat") beat = event;
      // What was put before the seam goes before it.
      else for (const entry of [...waiting, add(event, {}, 0, false)]) entry.dueAt = 0;
    },
    take(at, everything = false) {
      for (const [jobId, sent] of recent) {
        if (sent.at + paceMs > at) break;
        recent.delete(jobId);
      }
      let text = goesWhole(everything ? Infinity : at) ? takeAll(at) : takeSome(at, everything);
      if (beat !== undefined && told !== undefined)
        text += frame("heartbeat", headJson(formatCursor(told), beat.isDegraded));
      beat = undefined;
      return text;
    },
    dueAt: () => due,
    size: () => waiting.size,
    bytes: () => bytes,
  };
}

function headJson(head: string, isDegraded: boolean): string {
  return JSON.stringify({ head, ...(isDegraded ? { degraded: true } : {}) });
}

function statusOf(event: FeedEvent): string {
  return event.event === "job_update" ? event.data.status : "removed";
}
