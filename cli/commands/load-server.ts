import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import type { audit, serve } from "#app/server/serve.server.ts";
import { CliError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";

/** Where the build of the server is looked for, and the language to say that it is missing. */
export type ServerPlace = { server: URL; locale: Locale };

type Server = { serve: typeof serve; audit: typeof audit };

/** The built server. Throws CliError when there is no build. */
export async function loadServer({ server, locale }: ServerPlace): Promise<Server> {
  if (!existsSync(server)) {
    throw new CliError(terminalTexts[locale].notBuilt(fileURLToPath(server)), EXIT.unavailable);
  }
  const built: unknown = await import(/* @vite-ignore */ server.href);
  if (!isServer(built)) throw new Error(`${server.href} has no serve() and audit()`);
  return built;
}

function isServer(built: unknown): built is Server {
  if (typeof built !== "object" || built === null || !("serve" in built) || !("audit" in built)) return false;
  return typeof built.serve === "function" && typeof built.audit === "function";
}
