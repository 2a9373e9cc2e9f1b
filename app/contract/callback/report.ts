import type { JobError, JobLog, JobResult } from "#app/contract/job.ts";

/** A log line as the worker told it; the time is the worker's where it gave one, else that of the receipt. */
export type ReportedLine = Omit<JobLog, "timestamp"> & { timestamp?: string };

/**
 * One callback in our words, whatever dialect it came in. `outcome` is present only where the worker itself
 * spoke of the end; `queued` says that it has accepted the job but not begun.
 */
export type CallbackReport = {
  outcome?: "completed" | "failed" | "canceled";
  queued?: true;
  phase?: string;
  progress?: number;
  message?: string;
  lines: ReportedLine[];
  error?: JobError;
  /** The text of an error line that may yet be recovered from (secretary-contract: traps 1 and 2). */
  errorLine?: string;
  result?: JobResult;
  /** A base64 ZIP of images, as older Secretaries send it. */
  archive?: string;
  processId?: string;
  /** The worker's own order of its callbacks; larger is newer. */
  seq?: number;
};

/** Why a body is no callback: the field to look at and a sentence for the worker's log. */
export type CallbackFault = { field: string; message: string };

/** An own JSON object; `__proto__` is just a key in it. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
