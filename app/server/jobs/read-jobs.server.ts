import { json } from "node:stream/consumers";
import { formatCursor } from "#app/contract/cursor.ts";
import { defined } from "#app/contract/defined.ts";
import type { DetailQuery, JobDetail, JobPage, ListQuery } from "#app/contract/http.ts";
import { type Job, type JobResult, jobResultSchema, summarize } from "#app/contract/job.ts";
import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import type { User } from "#app/server/sign-in/authenticator.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";

/** A larger result is not sent along with the detail; its own address has it whole. */
const INLINE_RESULT_BYTES = 64 * 1024;

/** The reading side: everything is confined to the user who asks. */
export type ReadJobs = {
  /** One page, newest first. Rejects with InvalidCursorError for a cursor that is none of ours. */
  listJobs(user: User, query: ListQuery): Promise<JobPage>;
  /** Whether the job is, or was until it was removed, one of the user's. */
  knowsJob(user: User, jobId: string): Promise<boolean>;
  /** One job with the lines and deliveries that are asked for; undefined where the user has no such job. */
  jobDetail(user: User, jobId: string, parts: DetailQuery): Promise<JobDetail | undefined>;
};

export function createReadJobs(options: { repository: JobRepository; artifacts: ArtifactStore }): ReadJobs {
  const { repository, artifacts } = options;

  async function inlineResult({ jobId, result, parts }: Job): Promise<JobResult | undefined> {
    if (result === undefined || result.size > INLINE_RESULT_BYTES) return undefined;
    const file = await artifacts.open(jobId, result.name);
    if (file === undefined) return undefined;
    const whole = jobResultSchema.parse(await json(file.content));
    // A link that only the server can open is shown as the file it leads to.
    const links = whole.links.filter(({ name }) => !parts?.some(({ link }) => link === name));
    return { ...whole, links };
  }

  return {
    async listJobs({ userEmail }, query) {
      // The head is read before the list: a stream from there may send too much, never too little.
      const head = formatCursor(await repository.head(userEmail));
      const { jobs, ...listing } = await repository.list(userEmail, query);
      return { items: jobs.map(summarize), page: query.page, limit: query.limit, ...listing, head };
    },

    async knowsJob({ userEmail }, jobId) {
      return (await repository.findTarget(jobId))?.job.userEmail === userEmail;
    },

    async jobDetail({ userEmail }, jobId, { limit, before, deliveries }) {
      const job = await repository.find(userEmail, jobId);
      if (job === undefined) return undefined;
      const logsTo = Math.min(before ?? Infinity, job.logCount);
      const logsFrom = Math.max(0, logsTo - limit);
      const [lines, result, latest] = await Promise.all([
        logsTo > logsFrom
          ? repository.logs(userEmail, jobId, { from: logsFrom, limit: logsTo - logsFrom })
          : [],
        inlineResult(job),
        deliveries > 0 ? repository.deliveries(userEmail, jobId, deliveries) : undefined,
      ]);
      const address = `/api/external/jobs/${jobId}`;
      const { error, processId, correlation, logCount, phases, parts } = job;
      // Where the first of them are not kept any more, the range reaches beyond its end.
      const asked = lines.filter(({ index }) => index < logsTo);
      return {
        ...summarize(job),
        logs: asked.map(({ entry }) => entry),
        logsFrom: asked[0]?.index ?? logsTo,
        logCount,
        artifacts: (job.artifacts ?? []).map((artifact) => ({
          ...artifact,
          url: `${address}/artifacts/${encodeURIComponent(artifact.name)}`,
        })),
        ...defined({
          error,
          files: parts
            ?.filter(({ kind }) => kind !== "archive")
            .map(({ name, kind, state, fault }) => ({ name, kind, state, ...defined({ fault }) })),
          phases,
          processId,
          correlation,
          result,
          resultFile: job.result && { size: job.result.size, url: `${address}/result` },
          deliveries: latest,
        }),
      };
    },
  };
}
