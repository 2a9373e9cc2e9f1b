import { ApiError, type JobsApi } from "#app/client/jobs-api.ts";
import type { JobPage } from "#app/contract/http.ts";
import { type JobSummary, jobSummarySchema } from "#app/contract/job-summary.ts";

const MOVING = ["running", "queued", "pending-storage"] as const;
/** The largest page that a server gives. */
export const PAGE = 50;

/** Jobs, oldest change first, and the place in the feed that they were read after. */
export type FirstLook = { jobs: readonly JobSummary[]; head: string };

/** What to start with besides the jobs that move: the newest `last`, those changed since an instant. */
export type StartOptions = { last?: number | undefined; since?: number | undefined };

/** Everything that moves, and of the others as many as were asked for. Rejects with ApiError. */
export async function lookAround(api: JobsApi, { last = 0, since }: StartOptions): Promise<FirstLook> {
  const moving = await api.list({ status: [...MOVING], limit: PAGE });
  const found = new Map<string, JobSummary>();
  const add = (job: JobSummary): void => void found.set(job.jobId, job);
  for await (const job of listed(api, moving, { status: [...MOVING] })) add(job);
  if (last > 0 || since !== undefined) {
    let at = 0;
    for await (const job of listed(api)) {
      const isWanted = at++ < last || (since !== undefined && Date.parse(job.updatedAt) >= since);
      if (!isWanted) break;
      add(job);
    }
  }
  return { jobs: inOrder(found.values()), head: moving.head };
}

/** The named jobs; `gone` are those that nobody knows any more. Rejects with ApiError. */
export async function lookAt(
  api: JobsApi,
  jobIds: readonly string[],
): Promise<{ look: FirstLook; gone: string[] }> {
  const { head } = await api.list({ limit: 1 });
  const gone: string[] = [];
  const jobs: JobSummary[] = [];
  for (const jobId of jobIds) {
    const job = await readJob(api, jobId);
    if (job === undefined) gone.push(jobId);
    else jobs.push(job);
  }
  return { look: { jobs: inOrder(jobs), head }, gone };
}

/** All jobs that match, newest change first, page by page as they are needed. */
export async function* listed(
  api: JobsApi,
  firstPage?: JobPage,
  query: Parameters<JobsApi["list"]>[0] = {},
): AsyncGenerator<JobSummary> {
  let page = firstPage ?? (await api.list({ ...query, limit: PAGE }));
  for (;;) {
    yield* page.items;
    if (page.nextCursor === null) return;
    page = await api.list({ ...query, limit: PAGE, cursor: page.nextCursor });
  }
}

async function readJob(api: JobsApi, jobId: string): Promise<JobSummary | undefined> {
  try {
    return jobSummarySchema.parse(await api.detail(jobId, 1));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

function inOrder(jobs: Iterable<JobSummary>): JobSummary[] {
  return [...jobs].sort((a, b) => a.updatedAt.localeCompare(b.updatedAt) || a.jobId.localeCompare(b.jobId));
}
