import { terminalTexts } from "#app/locales/terminal.ts";
import type { Io } from "../io.ts";
import { renderBar } from "../render/bar.ts";
import { createLook } from "../render/look.ts";
import { createScreen } from "../tail/screen.ts";

const BAR_CELLS = 30;
/** Without a terminal there is a line for every so many percent. */
const LINE_EVERY = 10;

type Progress = { step: "copy" | "verify"; done: number; total: number };

/** Says on stderr how far a migration is: one bar that moves in a terminal, a line now and then elsewhere. */
export type MigrationTalk = { tell(progress: Progress): void; end(): void };

export function createMigrationTalk({
  stderr,
  environment,
}: Pick<Io, "stderr" | "environment">): MigrationTalk {
  const { locale, ascii, dumb } = environment;
  const texts = terminalTexts[locale];
  const isDrawn = stderr.isTTY && !dumb;
  const { signs } = createLook({ locale, ascii, colour: false });
  const screen = createScreen(stderr);
  let told = "";

  return {
    tell({ step, done, total }) {
      const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
      const [name, count] = [texts.migrate.steps[step], texts.migrate.done({ done, total })];
      if (isDrawn) {
        const bar = renderBar(percent, BAR_CELLS, 0, signs);
        return screen.draw(
          [],
          [`${name.padEnd(9)} ${bar} ${texts.percent({ percent }).padStart(5)}  ${count}`],
        );
      }
      const line = `${step} ${Math.floor(percent / LINE_EVERY)}`;
      if (line !== told) stderr.write(`${name}: ${texts.percent({ percent })}, ${count}\n`);
      told = line;
    },
    end: () => isDrawn && screen.clear(),
  };
}
