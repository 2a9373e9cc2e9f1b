import type { ConnectionProblem } from "#app/client/connection.ts";
import { ApiError } from "#app/client/jobs-api.ts";
import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { CliError, failureOf } from "./cli-error.ts";
import { EXIT } from "./exit-codes.ts";
import { safeLine } from "./render/safe-line.ts";

/** Whom was asked for what: needed to say what failed. */
export type Asked = { url: string; locale: Locale; jobId?: string };

/** What an answer of the server means to a person; anything that is no ApiError comes back unchanged. */
export function explain(error: unknown, { url, locale, jobId }: Asked): unknown {
  if (!(error instanceof ApiError)) return error;
  const texts = terminalTexts[locale];
  const options = { cause: error };
  if (error.status === 0)
    return new CliError(failureOf(texts.unreachable, { url }), EXIT.unavailable, options);
  if (error.status === 401 || error.status === 403) {
    return new CliError(failureOf(texts.unauthorized, { url }), EXIT.unauthorized, options);
  }
  if (error.code === "not_found" && jobId !== undefined) {
    return new CliError(failureOf(texts.noJob, { jobId: safeLine(jobId) }), EXIT.notFound, options);
  }
  if (error.code === "unexpected_answer")
    return new CliError(failureOf(texts.notJobmon, { url }), EXIT.unavailable, options);
  const { status, message } = error;
  const refused = failureOf(texts.refused, { status: String(status), reason: safeLine(message) });
  return new CliError(refused, EXIT.unavailable, options);
}

/** Why a stream that would have gone on for ever has ended. */
export function explainEnd(problem: ConnectionProblem, { url, locale, jobId }: Asked): CliError {
  const texts = terminalTexts[locale];
  if (problem === "unauthorized")
    return new CliError(failureOf(texts.unauthorized, { url }), EXIT.unauthorized);
  if (problem === "not_found" && jobId !== undefined) {
    return new CliError(failureOf(texts.noJob, { jobId: safeLine(jobId) }), EXIT.notFound);
  }
  if (problem === "unreachable" || problem === "silent" || problem === "malformed") {
    return new CliError(failureOf(texts.unreachable, { url }), EXIT.unavailable);
  }
  return new CliError(texts.streamEnded, EXIT.unavailable);
}

/** Nobody has such a job, or it is somebody else's. */
export function noSuchJob(jobId: string, locale: Locale): CliError {
  return new CliError(failureOf(terminalTexts[locale].noJob, { jobId: safeLine(jobId) }), EXIT.notFound);
}
