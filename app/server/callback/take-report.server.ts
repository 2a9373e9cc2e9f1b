import type { Source } from "#app/contract/asked.ts";
import { defined } from "#app/contract/defined.ts";
import type { Job } from "#app/contract/job.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import type { Part } from "#app/contract/part.ts";
import type { StageFiles } from "#app/server/artifacts/stage-files.server.ts";
import type { ArchiveStorage } from "#app/server/artifacts/store-archives.server.ts";
import type { ParsedCallback } from "#app/server/callback-body/parse-callback.server.ts";
import type {
  CallbackRequest,
  ChangeJob,
  ChangeOptions,
  JobChanged,
} from "#app/server/jobs/change-job.server.ts";

/** A worker's word, read, cleaned and redacted. */
export type ParsedReport = Extract<ParsedCallback, { kind: "parsed" }>;

/** How it reached us: as a callback with the bytes that carried it, or because we asked or listened. */
export type ReportOrigin =
  | { request: CallbackRequest; mayChange: NonNullable<ChangeOptions["mayChange"]> }
  | { source: Source };

/** Undefined: the owner has removed the job. What is resolved is durable. */
export type TakeReport = (
  job: Job,
  parsed: ParsedReport,
  origin: ReportOrigin,
) => Promise<JobChanged | undefined>;

/** The parts of a final that did not come with it. Pure. */
export type PlanParts = (
  job: Job,
  parsed: ParsedReport,
  come: { at: string; source: Source | undefined },
) => Part[] | undefined;

/** The one way of a worker's word into a job, however it came: stage its files → change the job → store its archive. */
export function createTakeReport(options: {
  changeJob: ChangeJob;
  stageFiles: StageFiles;
  archives: ArchiveStorage;
  /** What of a final is still to be fetched; nothing where there is no Secretary to fetch it from. */
  planParts?: PlanParts | undefined;
  clock: () => number;
}): TakeReport {
  const { changeJob, stageFiles, archives, planParts = () => undefined, clock } = options;
  return async (job, parsed, origin) => {
    const staged = await stageFiles(job, parsed);
    const source = "source" in origin ? origin.source : undefined;
    const at = new Date(clock()).toISOString();
    const event: JobEvent = {
      type: "callback_received",
      at,
      report: parsed.report,
      ...defined({ source, stored: staged.stored, parts: planParts(job, parsed, { at, source }) }),
    };
    const changed =
      "request" in origin
        ? await changeJob(job.jobId, event, origin.request, { mayChange: origin.mayChange })
        : await changeJob(job.jobId, event);
    if (changed === undefined) return undefined;
    await staged.keepOnly(changed.job);
    if (changed.applied && parsed.report.hasArchive && changed.job.status === "pending-storage") {
      archives.store(changed.job, parsed.archiveFault);
    }
    return changed;
  };
}
