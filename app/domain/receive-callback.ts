import type { CallbackReport } from "#app/contract/callback/report.ts";
import type { Asked } from "#app/contract/asked.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import { defined } from "#app/contract/defined.ts";
import type { Job } from "#app/contract/job.ts";
import type { Part } from "#app/contract/part.ts";
import { withParts } from "./fetch-parts.ts";
import { isProcessId } from "#app/contract/process-id.ts";
import { paceAfter, phasesAfter } from "./follow-progress.ts";
import type { Reduction } from "./reduction.ts";
import { askedAfter } from "./when-to-ask.ts";

type CallbackReceived = Extract<JobEvent, { type: "callback_received" }>;

/**
 * What a worker's word does to its job. After the worker's own end nothing; an old `seq` adds its lines but moves
 * nothing a viewer sees; anything else is a sign of life, and revives what jobmon itself had given up.
 */
export function receiveCallback(
  job: Job,
  { report, stored, source, parts, at }: CallbackReceived,
): Reduction {
  const { seq, outcome } = report;
  if (isSettled(job, report)) return { applied: false, reason: "after_final" };
  if (seq !== undefined && seq === job.lastSeq) return { applied: false, reason: "duplicate" };

  const logs = report.lines.map((line) => ({
    ...line,
    ...defined({ source }),
    timestamp: line.timestamp ?? at,
  }));
  const isOld = outcome === undefined && seq !== undefined && seq < (job.lastSeq ?? seq);
  const { error: _, finishedAt: __, endedBy: ___, asked: ____, message, ...open } = job;
  const next: Job = {
    ...open,
    ...(isOld ? defined({ message }) : shown(job, report, at)),
    ...(outcome === undefined ? { status: going(job, report) } : ended(report, outcome, { parts, at })),
    ...defined({
      startedAt: report.queued ? job.startedAt : (job.startedAt ?? at),
      lastError: report.errorLine ?? job.lastError,
      lastSeq: isOld ? job.lastSeq : (seq ?? job.lastSeq),
      processId: isProcessId(report.processId) ? report.processId : (job.processId ?? report.processId),
      asked: source === "asked" ? answered(job, report, at) : undefined,
      result: stored?.result,
      archive: stored?.archive,
    }),
    lastCallbackAt: at,
    logCount: job.logCount + logs.length,
    updatedAt: at,
    revision: job.revision + 1,
  };
  return { applied: true, job: next, logs };
}

/** The worker's word as the answer to our question. */
function answered(job: Job, { outcome, progress }: CallbackReport, at: string): Asked {
  return askedAfter(job, at, { answer: outcome ?? "alive", ...defined({ progress }) });
}

/** Only the worker's own end is sticky; an owner's cancel yields to a worker that finished instead. */
function isSettled(job: Job, report: CallbackReport): boolean {
  if (job.endedBy === "worker") return true;
  return job.endedBy === "owner" && report.outcome === undefined;
}

function going(job: Job, report: CallbackReport): Job["status"] {
  return report.queued && job.status === "queued" ? "queued" : "running";
}

/** What a viewer sees move: progress never goes back, the rest is what was said last; an end speaks for itself. */
function shown(job: Job, report: CallbackReport, at: string): Partial<Job> {
  const known = [job.progress, report.progress].filter((progress) => progress !== undefined);
  return defined({
    progress: known.length > 0 ? Math.max(...known) : undefined,
    pace: paceAfter(job, report.progress, at),
    phase: report.phase ?? job.phase,
    phases: phasesAfter(job.phases, report, at),
    message: report.message ?? (report.outcome === undefined ? job.message : undefined),
  });
}

type Outcome = NonNullable<CallbackReport["outcome"]>;

/**
 * The worker's end. With files that are still to be stored it is durable, but not yet shown as the end; a failure is shown
 * at once, whatever its files do.
 */
function ended(
  report: CallbackReport,
  outcome: Outcome,
  { parts = [], at }: { parts: Part[] | undefined; at: string },
): Partial<Job> {
  const end = { endedBy: "worker", ...defined({ error: report.error }) } as const;
  const waiting = parts.length > 0 ? defined(withParts(parts)) : {};
  if (report.hasArchive || (parts.length > 0 && outcome === "completed")) {
    return { ...end, ...waiting, status: "pending-storage" };
  }
  return {
    ...end,
    ...waiting,
    status: outcome,
    finishedAt: at,
    ...(outcome === "completed" ? { progress: 100 } : {}),
  };
}
