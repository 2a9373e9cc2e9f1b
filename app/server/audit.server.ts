import { isDeepStrictEqual } from "node:util";
import type { Job } from "#app/contract/job.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";
import type { JobHistory, JobRepository } from "./repository/job-repository.ts";

const PAGE = 500;

/** What an audit found. `whole` jobs were replayed from their registration, `partial` ones from an older snapshot. */
export type AuditReport = { whole: number; partial: number; faults: { jobId: string; message: string }[] };

/**
 * Replays the kept deliveries of every job through the state rules and compares the end with what is stored. Reads
 * only; a fault means that the rules or the data have changed under the stored history.
 */
export async function auditJobs(repository: JobRepository): Promise<AuditReport> {
  const report: AuditReport = { whole: 0, partial: 0, faults: [] };
  let after = "";
  for (;;) {
    const ids = await repository.jobIds(after, PAGE);
    for (const jobId of ids) {
      const [history, target] = [await repository.history(jobId), await repository.findTarget(jobId)];
      if (history === undefined || target === undefined) continue;
      report[history.isWhole ? "whole" : "partial"] += 1;
      const message = findFault(history, target.job);
      if (message !== undefined) report.faults.push({ jobId, message });
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) return report;
    after = last;
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
