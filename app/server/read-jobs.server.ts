import { formatCursor } from "#app/contract/cursor.ts";
import { defined } from "#app/contract/defined.ts";
import type { JobDetail, JobPage, ListQuery } from "#app/contract/http.ts";
import { summarize } from "#app/contract/job.ts";
import type { User } from "./authenticate.server.ts";
import type { JobRepository } from "./repository/job-repository.ts";

/** The reading side: everything is confined to the user who asks. */
export type ReadJobs = {
  /** One page, newest first. Rejects with InvalidCursorError for a cursor that is none of ours. */
  listJobs(user: User, query: ListQuery): Promise<JobPage>;
  /** One job with its last `limit` log lines; undefined where the user has no such job. */
  jobDetail(user: User, jobId: string, limit: number): Promise<JobDetail | undefined>;
};

export function createReadJobs(repository: JobRepository): ReadJobs {
  return {
    async listJobs({ userEmail }, query) {
      // The head is read before the list: a stream from there may send too much, never too little.
      const head = formatCursor(await repository.head(userEmail));
      const { jobs, total, nextCursor } = await repository.list(userEmail, query);
      return { items: jobs.map(summarize), page: query.page, limit: query.limit, total, nextCursor, head };
    },

    async jobDetail({ userEmail }, jobId, limit) {
      const job = await repository.find(userEmail, jobId);
      if (job === undefined) return undefined;
      const logsFrom = Math.max(0, job.logCount - limit);
      const [lines, result] = await Promise.all([
        repository.logs(jobId, { from: logsFrom, limit }),
        repository.result(jobId),
      ]);
      const { error, processId, correlation, logCount } = job;
      return {
        ...summarize(job),
        logs: lines.map(({ entry }) => entry),
        logsFrom: lines[0]?.index ?? logsFrom,
        logCount,
        artifacts: [],
        ...defined({ error, processId, correlation, result }),
      };
    },
  };
}
