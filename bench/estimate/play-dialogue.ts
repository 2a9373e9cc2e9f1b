import { translateCallback } from "#app/contract/callback/translate-callback.ts";
import { registerRequestSchema } from "#app/contract/http.ts";
import type { Job, UsualTime } from "#app/contract/job.ts";
import { cleanReport } from "#app/domain/clean-report.ts";
import { newJob } from "#app/domain/new-job.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";
import type { Script } from "../../cli/demo/script.ts";

/** The states of a job and when each began, in milliseconds since its registration. */
export type Played = { at: number; job: Job }[];

/** Plays a recorded dialogue through contract and domain, every pause `stretch` times as long as it was recorded. */
export function playDialogue(script: Script, stretch: number, usual?: UsualTime): Played {
  const { title, kind, registration, callbacks } = script;
  // What is stretched is not to be taken for silence.
  const patient = { stallAfterSeconds: 86_400, timeoutSeconds: 86_400 };
  const wanted = registerRequestSchema.parse({ title, kind, ...registration, ...patient });
  const identity = { jobId: "job-1", userEmail: "anna@example.org", at: new Date(0).toISOString() };
  const states: Played = [{ at: 0, job: newJob(wanted, identity, { usual }) }];
  let at = 0;
  for (const { afterMs, body } of callbacks) {
    at += afterMs * stretch;
    const translated = translateCallback(body);
    const before = states.at(-1)?.job;
    if ("fault" in translated || before === undefined) throw new Error(`${title}: no callback`);
    const report = cleanReport(translated.report);
    const event = { type: "callback_received", at: new Date(at).toISOString(), report } as const;
    const reduction = reduceJob(before, event);
    if (reduction.applied) states.push({ at, job: reduction.job });
  }
  return states;
}
