import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import type { audit, migrate, restored, serve } from "#app/server/serve.server.ts";
import { CliError, failureOf } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";

/** Where the build of the server is looked for, and the language to say that it is missing. */
export type ServerPlace = { server: URL; locale: Locale };

type Server = {
  serve: typeof serve;
  audit: typeof audit;
  migrate: typeof migrate;
  restored: typeof restored;
};

const COMMANDS = ["serve", "audit", "migrate", "restored"] as const;

/** The built server. Throws CliError when there is no build. */
export async function loadServer({ server, locale }: ServerPlace): Promise<Server> {
  if (!existsSync(server)) {
    const failure = failureOf(terminalTexts[locale].notBuilt, { path: fileURLToPath(server) });
    throw new CliError(failure, EXIT.unavailable);
  }
  const built: unknown = await import(/* @vite-ignore */ server.href);
  if (!isServer(built)) throw new Error(`${server.href} lacks one of ${COMMANDS.join(", ")}`);
  return built;
}

function isServer(built: unknown): built is Server {
  if (typeof built !== "object" || built === null) return false;
  const parts = new Map<string, unknown>(Object.entries(built));
  return COMMANDS.every((name) => typeof parts.get(name) === "function");
}
