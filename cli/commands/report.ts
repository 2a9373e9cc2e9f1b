import { defined } from "#app/contract/defined.ts";
import { isFields } from "#app/contract/fields.ts";
import { type CallbackAnswer, callbackAnswerSchema } from "#app/contract/http.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { runTexts } from "#app/locales/terminal-run.ts";
import { CliError, failureOf } from "../cli-error.ts";
import type { Environment } from "../environment.ts";
import { EXIT } from "../exit-codes.ts";
import { explain } from "../failures.ts";
import type { Io } from "../io.ts";
import { refuse } from "../options/readers.ts";
import { safeLine } from "../render/safe-line.ts";
import { failedAttempt } from "../report/failed-attempt.ts";
import { findJob, type ReportedTo, readText } from "../report/find-job.ts";
import type { Attempt } from "../report/post.ts";
import { sendOnce } from "../report/send-once.ts";
import { untilSignal } from "../until-signal.ts";
import type { ReportInvocation } from "./report.command.ts";

/** `jobmon report`: one callback of a job, until it has arrived. 6 where the job is to be canceled. */
export function report({ io, args, given }: ReportInvocation): Promise<number> {
  const { environment } = io;
  return untilSignal(io, async (aborted) => {
    const job = await findJob(environment, args[0], given);
    const body = await bodyOf(given, environment);
    const request = { ...job, body, schema: callbackAnswerSchema };
    const outcome = await sendOnce(request, given.retryFor.ms, aborted);
    if (outcome.kind !== "answered") throw refusalOf(outcome, job, environment);
    const { answer } = outcome;
    if (given.output === "json") io.stdout.write(`${JSON.stringify(answer)}\n`);
    if (given.output === "ndjson") {
      io.stdout.write(`${JSON.stringify({ type: "callback", jobId: job.jobId, ...answer })}\n`);
    }
    return codeOf(answer, io);
  });
}

async function bodyOf(given: ReportInvocation["given"], environment: Environment): Promise<object> {
  const { progress, message, phase, done, fail, canceled, resultFile } = given;
  const ends = [done, fail !== undefined, canceled].filter(Boolean);
  if (ends.length > 1) refuse(environment.locale, runTexts[environment.locale].oneEnd);
  if (resultFile !== undefined && !done)
    refuse(environment.locale, runTexts[environment.locale].resultNeedsDone);
  const body = defined({ progress, message, phase });
  if (canceled) return { ...body, status: "canceled" };
  if (fail !== undefined) return { ...body, status: "failed", error: { code: "failed", message: fail } };
  if (!done) return body;
  const data = resultFile === undefined ? undefined : resultOf(await readText(resultFile, environment));
  return { ...body, status: "completed", ...defined({ data }) };
}

/** A JSON object as it is, anything else as text. */
function resultOf(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isFields(parsed)) return parsed;
  } catch {
    // Not JSON: a text.
  }
  return { extracted_text: text };
}

function codeOf({ applied, reason, status, cancelRequested }: CallbackAnswer, { stderr, environment }: Io) {
  const texts = runTexts[environment.locale];
  if (!applied && reason === "after_final") stderr.write(`jobmon: ${texts.notApplied({ status })}\n`);
  if (isFinal(status) || !cancelRequested) return EXIT.ok;
  stderr.write(`jobmon: ${texts.cancelRequested}\n`);
  return EXIT.canceled;
}

function refusalOf(
  outcome: Exclude<Attempt<unknown>, { kind: "answered" }>,
  { jobId, url }: ReportedTo,
  { locale }: Environment,
): unknown {
  const texts = runTexts[locale];
  const cause = failedAttempt(outcome);
  if (cause.status === 401) return new CliError(texts.refusedToken, EXIT.unauthorized, { cause });
  if (cause.status === 410) {
    return new CliError(failureOf(texts.removed, { jobId: safeLine(jobId) }), EXIT.notFound, { cause });
  }
  return explain(cause, { url: URL.canParse(url) ? new URL(url).origin : url, locale });
}
