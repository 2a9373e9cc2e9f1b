import { defined } from "#app/contract/defined.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { EXIT } from "../exit-codes.ts";
import { safeLine } from "../render/safe-line.ts";
import type { AuditInvocation } from "./audit.command.ts";
import { loadServer } from "./load-server.ts";

/**
 * `jobmon audit`: replays what every job of a storage was told, prints each job that is stored otherwise, and a
 * summary. 0 when there is none, 1 when there are some, 2 when it cannot be read or a server has its folder.
 */
export async function audit({ io, pkg, given }: AuditInvocation): Promise<number> {
  const { locale } = io.environment;
  const server = await loadServer({ server: pkg.server, locale });
  const found = await server.audit(defined({ dataDir: given.dataDir }));
  if (found.kind === "unusable") {
    io.stderr.write(`jobmon: ${found.message}\n`);
    return EXIT.usage;
  }
  const { whole, partial, faults } = found.report;
  for (const { jobId, message } of faults) io.stdout.write(`${jobId}: ${safeLine(message)}\n`);
  io.stdout.write(`${terminalTexts[locale].audited({ whole, partial, faults: faults.length })}\n`);
  return faults.length === 0 ? EXIT.ok : EXIT.unavailable;
}
