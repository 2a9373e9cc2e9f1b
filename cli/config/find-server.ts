import { configFaults } from "#app/locales/terminal-config.ts";
import type { Environment } from "../environment.ts";
import { readUrl, refuse } from "../options/readers.ts";
import type { ServerOptions } from "../options/shared-options.ts";
import { safeLine } from "../render/safe-line.ts";
import { type Config, type Profile, readConfig } from "./config-file.ts";

const DEFAULT_URL = "http://127.0.0.1:4500";
const DEFAULT_PROFILE = "default";

/** The profile that is meant: the flag's, else JOBMON_PROFILE, else `default`. */
export function profileName(environment: Environment, given: Pick<ServerOptions, "profile">): string {
  return given.profile ?? environment.profile ?? DEFAULT_PROFILE;
}

/**
 * Which server is asked and with which token: flags, then the environment, then the profile, then this machine's own
 * jobmon without one. A profile's token goes to the profile's own address only. Throws CliError (2).
 */
export async function findServer(
  environment: Environment,
  given: ServerOptions,
  config?: Config,
): Promise<{ url: string; token: string | undefined }> {
  const { locale } = environment;
  const name = profileName(environment, given);
  const { profiles } = config ?? (await readConfig(environment));
  const profile = profiles[name];
  if (profile === undefined && name !== DEFAULT_PROFILE) {
    refuse(locale, configFaults[locale].unknownProfile({ name: safeLine(name) }));
  }
  const profileUrl = readUrl(profile?.url ?? DEFAULT_URL, locale);
  const url = given.url ?? (environment.url === undefined ? profileUrl : readUrl(environment.url, locale));
  const token = await tokenFrom(environment, given.tokenFile, url === profileUrl ? profile : undefined);
  return { url, token };
}

async function tokenFrom(
  environment: Environment,
  flag: string | undefined,
  profile: Profile | undefined,
): Promise<string | undefined> {
  const { locale } = environment;
  if (flag !== undefined) return readTokenFile(flag, environment);
  if (environment.token !== undefined) return checkToken(environment.token, "JOBMON_TOKEN", locale);
  if (environment.tokenFile !== undefined) return readTokenFile(environment.tokenFile, environment);
  if (profile?.token !== undefined) return checkToken(profile.token, environment.configFile, locale);
  if (profile?.tokenFile !== undefined) return readTokenFile(profile.tokenFile, environment);
  return undefined;
}

async function readTokenFile(path: string, { locale }: Environment): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const text = await readFile(path, "utf8").catch(() =>
    refuse(locale, configFaults[locale].unreadableToken({ path: safeLine(path) })),
  );
  return checkToken(text, path, locale);
}

/** A token as a header can carry it. */
export function checkToken(text: string, source: string, locale: Environment["locale"]): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  return refuse(locale, configFaults[locale].notAToken({ source: safeLine(source) }));
}
