import { isDeepStrictEqual } from "node:util";
import type { Job } from "#app/contract/job.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";
import type { JobHistory, JobRepository } from "#app/server/repository/job-repository.ts";

const PAGE = 500;

/** What an audit found. `whole` jobs were replayed from their registration, `partial` ones from an older snapshot. */
export type AuditReport = { whole: number; partial: number; faults: { jobId: string; message: string }[] };

/**
 * Replays the kept deliveries of every job through the state rules and compares the end with what is stored. Reads
 * only, also while servers write; a fault means that the rules or the data have changed under the stored history.
 */
export async function auditJobs(repository: JobRepository): Promise<AuditReport> {
  const report: AuditReport = { whole: 0, partial: 0, faults: [] };
  let after = "";
  for (;;) {
    const ids = await repository.jobIds(after, PAGE);
    for (const jobId of ids) {
      const read = await readStill(repository, jobId);
      if (read === undefined) continue;
      report[read.history.isWhole ? "whole" : "partial"] += 1;
      const message = findFault(read.history, read.job);
      if (message !== undefined) report.faults.push({ jobId, message });
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) return report;
    after = last;
  }
}

/** A job and its history that belong together, also while it moves. Undefined where there is nothing to compare. */
async function readStill(
  repository: JobRepository,
  jobId: string,
): Promise<{ job: Job; history: JobHistory } | undefined> {
  const { userEmail } = (await repository.findTarget(jobId))?.job ?? {};
  if (userEmail === undefined) return undefined;
  for (;;) {
    const before = await repository.find(userEmail, jobId);
    const history = await repository.history(jobId);
    const job = await repository.find(userEmail, jobId);
    if (job === undefined || history === undefined) return undefined;
    if (job.revision === before?.revision) return { job, history };
  }
}

function findFault({ base, deliveries }: JobHistory, stored: Job): string | undefined {
  let job = base;
  for (const { event, applied, reason } of deliveries) {
    const reduction = reduceJob(job, event);
    if (reduction.applied) {
      // A body that came twice is known by its bytes, which the rules do not see.
      if (!applied && reason === "duplicate") continue;
      if (!applied) return `${event.type} of ${event.at} changes the job, but is recorded as ${reason}`;
      job = reduction.job;
    } else if (applied) {
      return `${event.type} of ${event.at} changes nothing (${reduction.reason}), but is recorded as applied`;
    }
  }
  if (isDeepStrictEqual(job, stored)) return undefined;
  return `the replay ends at revision ${job.revision}, ${job.status}; stored is ${stored.revision}, ${stored.status}`;
}
