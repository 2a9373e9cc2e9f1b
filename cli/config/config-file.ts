import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { Environment } from "../environment.ts";
import { configFaults } from "#app/locales/terminal-config.ts";
import { refuse } from "../options/readers.ts";

/** What is remembered of one server: its address, and how a person is known there. */
const profileSchema = z.object({
  url: z.string().exactOptional(),
  token: z.string().exactOptional(),
  tokenFile: z.string().exactOptional(),
});
export type Profile = z.infer<typeof profileSchema>;

const configSchema = z.object({ profiles: z.record(z.string(), profileSchema) });
export type Config = z.infer<typeof configSchema>;

/** What is set of a profile; also the names of `jobmon config set`. */
export const CONFIG_KEYS = ["url", "token", "tokenFile"] as const;

/** The configuration; empty where there is no file. Throws CliError (2) for one that cannot be read. */
export async function readConfig({ configFile, locale }: Environment): Promise<Config> {
  let text: string;
  try {
    text = await readFile(configFile, "utf8");
  } catch (error) {
    if (isMissing(error)) return { profiles: {} };
    return refuse(locale, configFaults[locale].unreadableConfig({ path: configFile }));
  }
  const parsed = configSchema.safeParse(jsonOf(text));
  return parsed.success
    ? parsed.data
    : refuse(locale, configFaults[locale].unreadableConfig({ path: configFile }));
}

/** Replaces the configuration as a whole; only its owner may read it, from the first byte on. */
export async function writeConfig({ configFile }: Environment, config: Config): Promise<void> {
  await mkdir(dirname(configFile), { recursive: true, mode: 0o700 });
  const draft = `${configFile}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, configFile);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
