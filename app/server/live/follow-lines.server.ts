import type { JobLog } from "#app/contract/job.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { type FeedEvent, lineOf } from "./feed-event.ts";
import type { ShownState } from "./feed-window.ts";

const LINES_KEPT = 500;

export type FollowedLines = {
  /** Sends the lines that came with a state, `first` is the index of the first; false when some before them are lacking. */
  take(first: number, entries: readonly JobLog[]): boolean;
  /** Whether every line the job had by these states was sent. */
  hasAll(states: readonly ShownState[]): boolean;
  /** Reads what is lacking from the repository and sends it. Rejects when the repository fails. */
  sendKept(states: readonly ShownState[]): Promise<void>;
};

/**
 * The lines of the one job a viewer follows, from index `logFrom` on: in order, each once, none left out that is
 * still kept.
 */
export function followLines(options: {
  userEmail: string;
  jobId: string;
  logFrom: number;
  repository: Pick<JobRepository, "find" | "logs">;
  send: (event: FeedEvent) => void;
}): FollowedLines {
  const { userEmail, jobId, logFrom, repository, send } = options;
  let next = logFrom;
  let lacksSome = true;

  function sendLines(first: number, entries: readonly JobLog[]): void {
    for (const [offset, entry] of entries.entries()) {
      const index = first + offset;
      if (index < next) continue;
      next = index + 1;
      send({ event: "job_log", data: lineOf(jobId, index, entry) });
    }
  }

  return {
    take(first, entries) {
      lacksSome ||= first > next;
      if (!lacksSome) sendLines(first, entries);
      return !lacksSome;
    },
    hasAll(states) {
      return !lacksSome && !states.some((state) => state.jobId === jobId && state.logCount > next);
    },
    async sendKept(states) {
      lacksSome = false;
      if ((await repository.find(userEmail, jobId)) !== undefined) {
        const kept = await repository.logs(userEmail, jobId, { from: next, limit: LINES_KEPT });
        sendLines(
          kept[0]?.index ?? next,
          kept.map(({ entry }) => entry),
        );
      }
      // What was not there is gone with its job.
      for (const state of states) if (state.jobId === jobId) next = Math.max(next, state.logCount);
    },
  };
}
