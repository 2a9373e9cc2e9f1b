import { setTimeout as wait } from "node:timers/promises";
import { type JobDetail, jobDetailSchema } from "#app/contract/http.ts";

const PATIENCE_MS = 150_000;

/** The job, with all its deliveries, as soon as it is like this; for tests beside each other, which `expect.poll` is not. */
export async function awaitJob(
  url: string,
  jobId: string,
  isSo: (job: JobDetail) => boolean,
): Promise<JobDetail> {
  const endsAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(`${url}/api/external/jobs/${jobId}?deliveries=50`);
    const job = jobDetailSchema.parse(await answer.json());
    if (isSo(job)) return job;
    if (performance.now() > endsAt) throw new Error(`waited in vain: ${JSON.stringify(job)}`);
    await wait(50);
  }
}

/** The job once it has ended. */
export function awaitEnd(url: string, jobId: string): Promise<JobDetail> {
  return awaitJob(url, jobId, ({ finishedAt }) => finishedAt !== undefined);
}
