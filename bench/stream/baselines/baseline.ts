import type { IncomingMessage, ServerResponse } from "node:http";
import { frame } from "#app/server/live/feed-event.ts";
import { updateOf, userOf } from "../example-job.ts";

/** A server that streams what it is told and nothing else: no replay, no limits, no pace. */
export type Baseline = {
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Updates for the members of one user, within one turn. */
  publish(user: string, updates: readonly Update[]): void;
};

/** One update, made once for all who are told. */
export type Update = { data: object; id: string };

export const HEADERS = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
} as const;
export const START: Update = { data: { head: "k3x9p2f7c1aab.1" }, id: "k3x9p2f7c1aa.1" };
export const START_FRAME = frame("ready", JSON.stringify(START.data), START.id);

/** Ids as the product's: an epoch, and a number that grows. */
export function makeUpdate(n: number, users: number): Update {
  return { data: updateOf(n, users), id: `k3x9p2f7c1aab.${n + 1_000_000}` };
}

export function frameOf({ data, id }: Update): string {
  return frame("job_update", JSON.stringify(data), id);
}

/** Whose stream is asked for. */
export function userIn(user: string | null | undefined): string {
  return user ?? userOf(0);
}

/** The members of each user. */
export function createMembers<T>() {
  const users = new Map<string, Set<T>>();
  return {
    of: (user: string): Iterable<T> => users.get(user) ?? [],
    add(user: string, member: T): () => void {
      const members = users.get(user) ?? new Set();
      users.set(user, members.add(member));
      return () => members.delete(member);
    },
  };
}
