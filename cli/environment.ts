import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Registered } from "#app/contract/http.ts";
import { type Locale, pickLocale } from "#app/locales/locale.ts";

/** What the surroundings of the process say. This is the only file of the terminal client that reads them. */
export type Environment = {
  /** Where jobmon is, from JOBMON_URL. */
  url: string | undefined;
  /** JOBMON_TOKEN and JOBMON_TOKEN_FILE. */
  token: string | undefined;
  tokenFile: string | undefined;
  /** JOBMON_PROFILE. */
  profile: string | undefined;
  /** Where the configuration is kept: $XDG_CONFIG_HOME/jobmon/config.json, else ~/.config/jobmon/config.json. */
  configFile: string;
  /** What `jobmon run` gives its command, or a person a script: JOBMON_JOB_ID, JOBMON_CALLBACK_URL and _TOKEN. */
  jobId: string | undefined;
  callbackUrl: string | undefined;
  callbackToken: string | undefined;
  /** JOBMON_PROGRESS: where a command states its progress. */
  progressFile: string | undefined;
  locale: Locale;
  /** Signs and bars in plain ASCII: `LANG=C`, another character set than UTF-8, or `TERM=dumb`. */
  ascii: boolean;
  /** The terminal cannot move its cursor. */
  dumb: boolean;
  /** NO_COLOR and FORCE_COLOR; undefined where neither is set. */
  colour: boolean | undefined;
  /** JOBMON_DEBUG: failures are told with their stack. */
  debug: boolean;
  /** A browser can be opened. */
  hasDesktop: boolean;
};

/** An empty variable counts as absent. The first of LC_ALL, LC_MESSAGES and LANG decides, as POSIX has it. */
export function readEnvironment(
  variables: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Environment {
  const { JOBMON_URL, LC_ALL, LC_MESSAGES, LANG, TERM, NO_COLOR, FORCE_COLOR } = variables;
  const language = LC_ALL || LC_MESSAGES || LANG || "";
  const [name = "", charset] = language.split("@", 1).join("").split(".");
  const isPosix = name === "C" || name === "POSIX";
  const isUtf8 = charset === undefined ? !isPosix : /^utf-?8$/i.test(charset);
  const dumb = TERM === "dumb";
  return {
    url: JOBMON_URL || undefined,
    token: variables.JOBMON_TOKEN || undefined,
    tokenFile: variables.JOBMON_TOKEN_FILE || undefined,
    profile: variables.JOBMON_PROFILE || undefined,
    configFile: join(configHome(variables), "jobmon", "config.json"),
    jobId: variables.JOBMON_JOB_ID || undefined,
    callbackUrl: variables.JOBMON_CALLBACK_URL || undefined,
    callbackToken: variables.JOBMON_CALLBACK_TOKEN || undefined,
    progressFile: variables.JOBMON_PROGRESS || undefined,
    locale: isPosix ? "en" : pickLocale(name),
    ascii: dumb || !isUtf8,
    dumb,
    colour: NO_COLOR ? false : forcedColour(FORCE_COLOR),
    debug: Boolean(variables.JOBMON_DEBUG),
    hasDesktop: platform === "darwin" || Boolean(variables.DISPLAY || variables.WAYLAND_DISPLAY),
  };
}

/** The XDG Base Directory Specification counts a relative path as absent. */
function configHome({ XDG_CONFIG_HOME = "", HOME }: NodeJS.ProcessEnv): string {
  return isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : join(HOME || homedir(), ".config");
}

function forcedColour(value: string | undefined): boolean | undefined {
  return value === undefined || value === "" ? undefined : value !== "0" && value !== "false";
}

const OWN = /^(PORT|HOST|(JOBMON|LIMIT|MONGODB|REDIS|SECRETARY|CLERK)_.*)$/;

/** The variables for a server that must not take over what this one's surroundings configure. */
export function variablesOfOthers(variables: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !OWN.test(name)));
}

/** The variables for a command that is run as a job: all of ours, and where it may report by itself. */
export function variablesForCommand(
  { progressFile, job }: { progressFile: string; job: Registered | undefined },
  variables: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const {
    JOBMON_JOB_ID: _id,
    JOBMON_CALLBACK_URL: _url,
    JOBMON_CALLBACK_TOKEN: _token,
    ...others
  } = variables;
  return {
    ...others,
    JOBMON_PROGRESS: progressFile,
    ...(job !== undefined && {
      JOBMON_JOB_ID: job.jobId,
      JOBMON_CALLBACK_URL: job.callback_url,
      JOBMON_CALLBACK_TOKEN: job.callback_token,
    }),
  };
}
