import { terminalTexts } from "#app/locales/terminal.ts";
import { EXIT } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { safeLine } from "../render/safe-line.ts";
import { loadServer } from "./load-server.ts";

export type AuditFlags = { dataDir?: string };

/**
 * `jobmon audit`: replays what every job of a data folder was told, prints each job that is stored otherwise, and a
 * summary. 0 when there is none, 1 when there are some, 2 when the folder cannot be read or a server has it.
 */
export async function audit(io: Io, flags: AuditFlags, options: { server: URL }): Promise<number> {
  const { locale } = io.environment;
  const found = await (await loadServer({ ...options, locale })).audit(flags);
  if (found.kind === "unusable") {
    io.stderr.write(`jobmon: ${found.message}\n`);
    return EXIT.usage;
  }
  const { whole, partial, faults } = found.report;
  for (const { jobId, message } of faults) io.stdout.write(`${jobId}: ${safeLine(message)}\n`);
  io.stdout.write(`${terminalTexts[locale].audited(whole, partial, faults.length)}\n`);
  return faults.length === 0 ? EXIT.ok : EXIT.unavailable;
}
