import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
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
