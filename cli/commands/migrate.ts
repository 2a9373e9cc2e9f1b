import { terminalTexts } from "#app/locales/terminal.ts";
import { EXIT } from "../exit-codes.ts";
import { createMigrationTalk } from "../migrate/migration-talk.ts";
import { renderTotals } from "../migrate/render-totals.ts";
import { safeLine } from "../render/safe-line.ts";
import { untilSignal } from "../until-signal.ts";
import { loadServer } from "./load-server.ts";
import type { MigrateInvocation } from "./migrate.command.ts";

/**
 * `jobmon migrate`: copies all jobs to another storage, reads both and prints what they hold. How far it is goes to
 * stderr. 0 when both are the same, 1 when they differ, 2 when one cannot be used or the target is not empty. It may be
 * ended at any time and run again.
 */
export async function migrate({ io, pkg, given }: MigrateInvocation): Promise<number> {
  const { locale } = io.environment;
  const texts = terminalTexts[locale].migrate;
  const server = await loadServer({ server: pkg.server, locale });
  const talk = createMigrationTalk(io);
  return untilSignal(io, async () => {
    const outcome = await server.migrate(given, talk.tell).finally(talk.end);
    switch (outcome.kind) {
      case "unusable":
      case "not_empty": {
        const reason = outcome.kind === "unusable" ? outcome.message : texts.notEmpty;
        io.stderr.write(`jobmon: ${safeLine(reason)}\n`);
        return EXIT.usage;
      }
      case "verified": {
        const { from, to, isSame } = outcome;
        io.stdout.write(renderTotals(from, to, locale));
        io.stdout.write(`${isSame ? texts.same : texts.different}\n`);
        return isSame ? EXIT.ok : EXIT.unavailable;
      }
    }
  });
}
