import { defined } from "#app/contract/defined.ts";
import type { Invocation } from "../command.ts";
import { readConfig, writeConfig } from "../config/config-file.ts";
import { profileName } from "../config/find-server.ts";
import { EXIT } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { readOneOf, readUrl } from "../options/readers.ts";
import type { commonOptions } from "../options/shared-options.ts";
import { safeLine } from "../render/safe-line.ts";
import { CONFIG_KEYS, type ConfigInvocation, SETTABLE_KEYS } from "./config.command.ts";

const readSettable = readOneOf(SETTABLE_KEYS);
const readKey = readOneOf(CONFIG_KEYS);

/** `jobmon config set`: one value of a profile, which comes to be with it; without a value it is forgotten. */
export async function configSet({ io, args, given }: ConfigInvocation): Promise<number> {
  const { environment } = io;
  const [name = "", text] = args;
  const key = readSettable(name, environment.locale);
  const value = key === "url" && text !== undefined ? readUrl(text, environment.locale) : text;
  const { profiles } = await readConfig(environment);
  const profile = profileName(environment, given);
  const changed = defined({ ...profiles[profile], [key]: value });
  await writeConfig(environment, { profiles: { ...profiles, [profile]: changed } });
  return EXIT.ok;
}

/** `jobmon config get`: everything of a profile, the token hidden; with a name that value alone. */
export async function configGet({ io, args, given }: ConfigInvocation): Promise<number> {
  const { environment } = io;
  const [name] = args;
  const { profiles } = await readConfig(environment);
  const profile = profiles[profileName(environment, given)] ?? {};
  if (name !== undefined) {
    writeLine(io, profile[readKey(name, environment.locale)]);
    return EXIT.ok;
  }
  for (const key of CONFIG_KEYS) {
    const value = profile[key];
    if (value !== undefined) writeLine(io, `${key}\t${key === "token" ? "********" : value}`);
  }
  return EXIT.ok;
}

/** `jobmon config path`. */
export async function configPath({ io }: Invocation<typeof commonOptions>): Promise<number> {
  writeLine(io, io.environment.configFile);
  return EXIT.ok;
}

function writeLine({ stdout }: Io, line: string | undefined): void {
  if (line !== undefined) stdout.write(`${line.split("\t").map(safeLine).join("\t")}\n`);
}
