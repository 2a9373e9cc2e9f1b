import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { CliError } from "../cli-error.ts";
import { endWithParent } from "../end-with-parent.ts";
import { EXIT } from "../exit-codes.ts";

export type ServeFlags = { port?: number; host?: string; dataDir?: string };

/**
 * `jobmon serve`: runs the built server until a signal, and gives back its exit code. It prints its own start and its
 * own failures. The build is looked for at `server`.
 */
export async function serve(flags: ServeFlags, options: { server: URL; locale: Locale }): Promise<number> {
  const { server, locale } = options;
  if (!existsSync(server)) {
    throw new CliError(terminalTexts[locale].notBuilt(fileURLToPath(server)), EXIT.unavailable);
  }
  endWithParent();
  const built: unknown = await import(/* @vite-ignore */ server.href);
  if (!canServe(built)) throw new Error(`${server.href} has no serve()`);
  return built.serve(flags);
}

function canServe(built: unknown): built is { serve(flags: ServeFlags): Promise<number> } {
  return typeof built === "object" && built !== null && "serve" in built && typeof built.serve === "function";
}
