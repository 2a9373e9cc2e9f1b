import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { runTexts } from "#app/locales/terminal-run.ts";
import { checkToken, findServer } from "../config/find-server.ts";
import type { Environment } from "../environment.ts";
import { refuse } from "../options/readers.ts";
import type { ServerOptions } from "../options/shared-options.ts";
import { safeLine } from "../render/safe-line.ts";

/** A job that can be reported: where to, and with what. */
export type ReportedTo = { jobId: string; url: string; token: string };

/**
 * The job that is meant and how to reach it: the argument and flags, then what `jobmon run` gave its command. The token
 * of the surroundings belongs to the job of the surroundings, and their address too. Throws CliError (2).
 */
export async function findJob(
  environment: Environment,
  named: string | undefined,
  given: Omit<ServerOptions, "tokenFile"> & { callbackTokenFile: string | undefined },
): Promise<ReportedTo> {
  const { locale, callbackUrl, callbackToken } = environment;
  const texts = runTexts[locale];
  const jobId = named ?? environment.jobId ?? refuse(locale, texts.noJobGiven);
  const isSurrounding = named === undefined || named === environment.jobId;
  const url = isSurrounding && given.url === undefined ? callbackUrl : undefined;
  const token =
    given.callbackTokenFile === undefined
      ? (callbackToken ?? refuse(locale, texts.noCallbackToken))
      : await readText(given.callbackTokenFile, environment);
  return {
    jobId,
    url: url ?? `${await serverUrl(environment, given)}/api/external/jobs/${encodeURIComponent(jobId)}`,
    token: checkToken(token, given.callbackTokenFile ?? "JOBMON_CALLBACK_TOKEN", locale),
  };
}

/** Only the address: the token of a person is not asked for, nor has it to be readable. */
async function serverUrl(environment: Environment, given: Omit<ServerOptions, "tokenFile">): Promise<string> {
  const withoutToken = { ...environment, token: undefined, tokenFile: undefined };
  return (await findServer(withoutToken, { ...given, tokenFile: undefined })).url;
}

/** A file, or the input for `-`. Throws CliError (2) where it cannot be read. */
export async function readText(path: string, { locale }: Environment): Promise<string> {
  try {
    return path === "-" ? await text(process.stdin) : await readFile(path, "utf8");
  } catch {
    return refuse(locale, runTexts[locale].unreadableFile({ path: safeLine(path) }));
  }
}
