import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { type FeedWindow, type ShownState, stateOfEntry } from "./feed-window.ts";

/** A stretch of the feed from the repository: all that changed up to `upTo`, newest state each, oldest first. */
export type FeedPage = { states: ShownState[]; upTo: bigint };

/**
 * What lies before the window of a feed, in pages from the repository: one read for all who ask for the same at the
 * same time. The window reaches back to what was read, where it has room.
 */
export function createFeedPages(options: {
  userEmail: string;
  repository: Pick<JobRepository, "changedAfter">;
  rowsAtOnce: number;
  window: () => FeedWindow;
}) {
  const { userEmail, repository, rowsAtOnce, window } = options;
  let reading: { from: bigint; page: Promise<FeedPage> } | undefined;

  async function readPage(from: bigint): Promise<FeedPage> {
    const edge = window().since();
    const rows = await repository.changedAfter(userEmail, from, rowsAtOnce);
    const states = rows.map(stateOfEntry).filter(({ seq }) => seq <= edge);
    const isWhole = rows.length < rowsAtOnce || states.length < rows.length;
    if (isWhole && window().since() === edge) window().extend(from, states);
    return { states, upTo: isWhole ? edge : (states.at(-1)?.seq ?? from) };
  }

  return {
    /** The page after a position. Rejects when the repository fails. */
    async read(after: bigint): Promise<FeedPage> {
      if (reading !== undefined && reading.from <= after) {
        const { states, upTo } = await reading.page;
        if (upTo > after) return { states: states.filter(({ seq }) => seq > after), upTo };
      }
      const mine = { from: after, page: readPage(after) };
      reading = mine;
      try {
        return await mine.page;
      } finally {
        if (reading === mine) reading = undefined;
      }
    },
  };
}
