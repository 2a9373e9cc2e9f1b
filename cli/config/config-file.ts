import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Environment } from "../environment.ts";
import { configFaults } from "#app/locales/terminal-config.ts";
import { refuse } from "../options/readers.ts";

/** What is remembered of one server: its address, and how a person is known there. */
export type Profile = { url?: string; token?: string; tokenFile?: string };

export type Config = { profiles: Record<string, Profile> };

/** The configuration; empty where there is no file. Throws CliError (2) for one that cannot be read. */
export async function readConfig({ configFile, locale }: Environment): Promise<Config> {
  let text: string;
  try {
    text = readFileSync(configFile, "utf8");
  } catch (error) {
    if (isMissing(error)) return { profiles: {} };
    return refuse(locale, configFaults[locale].unreadableConfig({ path: configFile }));
  }
  const { parseConfig } = await import("./parse-config.ts");
  return parseConfig(text) ?? refuse(locale, configFaults[locale].unreadableConfig({ path: configFile }));
}

/** Replaces the configuration as a whole; only its owner may read it, from the first byte on. */
export async function writeConfig({ configFile }: Environment, config: Config): Promise<void> {
  const { chmod, mkdir, rename, writeFile } = await import("node:fs/promises");
  await mkdir(dirname(configFile), { recursive: true, mode: 0o700 });
  const draft = `${configFile}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, configFile);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
