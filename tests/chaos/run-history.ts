import { createJobsApi } from "#app/client/jobs-api.ts";
import { jobSummarySchema } from "#app/contract/job.ts";
import { checkHistory, type Acknowledged, type History, type Truth } from "./history.ts";
import { pause, type Random } from "./seed.ts";
import type { ChaosViewer } from "./viewers.ts";
import { writeJobs } from "./write-jobs.ts";

const WRITERS = 6;
const JOBS_OF_A_WRITER = 4;
const CONVERGES_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 200;

/** What brings trouble; `more` resolves once so many more callbacks are acknowledged, or all are. */
export type Trouble = (more: (callbacks: number) => Promise<void>) => Promise<void> | void;

/**
 * One run: writers report through `urls` while `trouble` happens again and again; once all is written and `heal` has
 * ended the trouble, what every viewer saw is held against what the first server stores. Resolves with what is
 * broken; a viewer has a while to catch up.
 */
export async function runHistory(options: {
  urls: readonly string[];
  viewers: readonly ChaosViewer[];
  random: Random;
  trouble: Trouble;
  heal?: () => Promise<void> | void;
  /** Jobs that were removed before, which a viewer may still have seen. */
  removed?: ReadonlySet<string>;
}): Promise<{ broken: string[]; acknowledged: number; seen: number }> {
  const { urls, viewers, random, trouble, heal, removed = new Set() } = options;
  const acknowledged: Acknowledged[] = [];
  const writing = { isOver: false };
  async function more(callbacks: number): Promise<void> {
    const enough = acknowledged.length + callbacks;
    while (!writing.isOver && acknowledged.length < enough) await pause(10);
  }
  const troubles = (async () => {
    while (!writing.isOver) {
      await trouble(more);
      await pause(50);
    }
  })();
  const writers = Array.from({ length: WRITERS }, () =>
    writeJobs({ urls, jobs: JOBS_OF_A_WRITER, random, acknowledged }),
  );
  await Promise.all([Promise.all(writers).finally(() => (writing.isOver = true)), troubles]);
  await heal?.();

  const truth = await readTruth(urls[0] ?? "");
  const history = (): History => ({
    acknowledged,
    removed,
    viewers: viewers.map((viewer) => viewer.history()),
  });
  const deadline = performance.now() + CONVERGES_WITHIN_MS;
  let broken = checkHistory(history(), truth);
  while (broken.length > 0 && performance.now() < deadline) {
    await pause(LOOK_EVERY_MS);
    broken = checkHistory(history(), truth);
  }
  for (const viewer of viewers) viewer.close();
  const seen = history().viewers.reduce((sum, viewer) => sum + viewer.seen.length, 0);
  return { broken: broken.slice(0, 20), acknowledged: acknowledged.length, seen };
}

async function readTruth(url: string): Promise<Truth> {
  const api = createJobsApi({ baseUrl: url });
  const truth = new Map<string, { summary: ReturnType<typeof jobSummarySchema.parse>; messages: string[] }>();
  let cursor: string | undefined;
  do {
    const page = await api.list({ limit: 50, ...(cursor === undefined ? {} : { cursor }) });
    for (const summary of page.items) {
      const { logs } = await api.detail(summary.jobId, 500);
      truth.set(summary.jobId, { summary, messages: logs.flatMap(({ message = [] }) => message) });
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return truth;
}
