import { translateCallback } from "#app/contract/callback/translate-callback.ts";
import { defined } from "#app/contract/defined.ts";
import { registerRequestSchema } from "#app/contract/http.ts";
import type { Delivery, JobEvent } from "#app/contract/job-event.ts";
import type { Job, JobLog, JobResult, UsualTime } from "#app/contract/job.ts";
import { cleanReport } from "#app/domain/clean-report.ts";
import { newJob } from "#app/domain/new-job.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";

/** A recorded dialogue, by what of it is needed (tests/fixtures/callbacks/README.md). */
export type Dialogue = {
  title: string;
  kind?: string;
  callbacks: readonly { afterMs: number; body: unknown }[];
};

type EventWithoutInstant = JobEvent extends infer Event
  ? Event extends JobEvent
    ? Omit<Event, "at">
    : never
  : never;

/** A job as a dialogue tells it, told so far and so long ago. Times in seconds. */
export type Recording = {
  id: string;
  dialogue: Dialogue;
  /** How many of its callbacks have come; all of them where it is not said. */
  told?: number;
  /** Since the last that came. */
  ago: number;
  /** From the registration to the last of them, however long the dialogue took when it was recorded. */
  lasts: number;
  title?: string;
  stallAfterSeconds?: number;
  usual?: UsualTime;
  /** What came last, besides the worker's words, and how long after them. */
  finally?: { event: EventWithoutInstant; after: number };
};

/** All a server knows of a job; `deliveries` newest first. */
export type RecordedJob = { job: Job; logs: JobLog[]; deliveries: Delivery[]; result?: JobResult };

/** Plays a dialogue through contract and domain, as the server would, so that it ends `ago` seconds before `now`. */
export function recordJob(recording: Recording, now: number): RecordedJob {
  const { id, dialogue, told = dialogue.callbacks.length, ago, lasts, title, usual } = recording;
  const callbacks = dialogue.callbacks.slice(0, told);
  const end = now - ago * 1000;
  const lastWord = end - (recording.finally?.after ?? 0) * 1000;
  const begin = lastWord - lasts * 1000;
  const pace =
    (lasts * 1000) /
    Math.max(
      1,
      callbacks.reduce((sum, { afterMs }) => sum + afterMs, 0),
    );
  const request = registerRequestSchema.parse({
    title: title ?? dialogue.title,
    ...defined({ kind: dialogue.kind, stallAfterSeconds: recording.stallAfterSeconds }),
  });
  const registered = newJob(
    request,
    { jobId: id, userEmail: "anna@example.org", at: instant(begin) },
    defined({ usual }),
  );
  const recorded: RecordedJob = {
    job: registered,
    logs: [],
    deliveries: [{ event: { type: "job_registered", at: instant(begin), job: registered }, applied: true }],
  };
  let at = begin;
  for (const { afterMs, body } of callbacks) {
    at += afterMs * pace;
    const filled = JSON.stringify(body).replaceAll(/\$(PROCESS|JOB)_ID/g, id);
    const translated = translateCallback(JSON.parse(filled), { secretaryUrl: "https://secretary.example/" });
    if ("fault" in translated) throw new Error(`${id}: ${translated.fault.message}`);
    const { report, payload } = translated;
    if (payload.result !== undefined) recorded.result = payload.result;
    const stored = payload.result && {
      result: { name: "result.json", size: JSON.stringify(payload.result).length },
    };
    deliver(recorded, {
      type: "callback_received",
      at: instant(at),
      report: cleanReport(report),
      ...defined({ stored }),
    });
  }
  if (recording.finally !== undefined) deliver(recorded, { ...recording.finally.event, at: instant(end) });
  return recorded;
}

/** The event with its bytes as far as they are shown, and what becomes of the job. */
function deliver(recorded: RecordedJob, event: JobEvent): void {
  const reduction = reduceJob(recorded.job, event);
  const digest = String(recorded.deliveries.length).padStart(64, "0");
  recorded.deliveries.unshift({
    event,
    applied: reduction.applied,
    ...(reduction.applied ? {} : { reason: reduction.reason }),
    ...(event.type === "callback_received"
      ? { request: { bytes: JSON.stringify(event.report).length, digest } }
      : {}),
  });
  if (!reduction.applied) return;
  recorded.job = reduction.job;
  recorded.logs.push(...reduction.logs);
}

const instant = (at: number): string => new Date(Math.round(at)).toISOString();
