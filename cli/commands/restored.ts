import { defined } from "#app/contract/defined.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { EXIT } from "../exit-codes.ts";
import { safeLine } from "../render/safe-line.ts";
import { loadServer } from "./load-server.ts";
import type { RestoredInvocation } from "./restored.command.ts";

/**
 * `jobmon restored`: declares that a storage was put back to an earlier state, so that every viewer reloads. 0 when
 * that is noted, 2 when it cannot be used or a server has its folder.
 */
export async function restored({ io, pkg, given }: RestoredInvocation): Promise<number> {
  const { locale } = io.environment;
  const server = await loadServer({ server: pkg.server, locale });
  const found = await server.restored(defined({ dataDir: given.dataDir }));
  if (found.kind === "unusable") {
    io.stderr.write(`jobmon: ${found.message}\n`);
    return EXIT.usage;
  }
  io.stdout.write(
    `${terminalTexts[locale].restored({ storage: safeLine(found.storage), users: found.users })}\n`,
  );
  return EXIT.ok;
}
