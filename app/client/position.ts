import { parseCursor } from "#app/contract/cursor.ts";
import type { StreamEvent } from "#app/contract/stream.ts";

/** A viewer's place in the feed: everything up to this cursor has been seen. Undefined before the first `ready`. */
export type Position = string | undefined;

/** Where a viewer stands after an event: a change moves it to its id, `ready` and `reset` to the head. */
export function positionAfter(position: Position, event: StreamEvent): Position {
  if (event.event === "job_update" || event.event === "job_removed") return event.id ?? position;
  return event.event === "ready" || event.event === "reset" ? event.data.head : position;
}

/** Whether there is something up to `head` that a viewer at `position` has not seen: also where the feed is another. */
export function isBehind(position: Position, head: Position): boolean {
  const [seen, newest] = [parseCursor(position ?? ""), parseCursor(head ?? "")];
  if (seen === undefined || newest === undefined) return false;
  return seen.epoch !== newest.epoch || newest.seq > seen.seq;
}
