import type { JobSummary } from "#app/contract/job.ts";
import { formatSecond } from "#app/locales/time.ts";
import { words } from "#app/locales/words.ts";
import { cutEnd, cutMiddle, padEnd } from "./cut.ts";
import { endText } from "./job-texts.ts";
import { type Look, signOf, stateOf } from "./look.ts";
import { safeLine } from "./safe-line.ts";
import { textWidth } from "./text-width.ts";

const GAP = "  ";

/** A job that is over, as the lines that stay: one, below 60 columns two, below 30 sign and title only. */
export function renderEnded(job: JobSummary, options: { width: number; now: number; look: Look }): string[] {
  const { width, now, look } = options;
  const state = stateOf(job, now);
  const sign = signOf(job, state, look);
  const lead = textWidth(look.signs.state.completed) + 1;
  const title = safeLine(job.title);
  const usable = width - 1;
  const { cut } = look.signs;

  const text = (room: number): string => {
    const plain = cutEnd(endText(job, now, look.locale), room, cut);
    const word = words[look.locale].status[job.status];
    return plain.startsWith(word) ? look.paint(state, word) + plain.slice(word.length) : plain;
  };
  if (width < 60) {
    const first = `${sign} ${cutMiddle(title, usable - lead, cut)}`;
    return width < 30 ? [first] : [first, " ".repeat(lead) + text(usable - lead)];
  }
  const time = formatSecond(Date.parse(job.finishedAt ?? job.updatedAt), look.locale);
  const column = Math.min(34, Math.floor(width * 0.34));
  const room = usable - time.length - GAP.length - lead - column - GAP.length;
  const name = padEnd(cutMiddle(title, column, cut), column);
  return [`${look.paint("faint", time)}${GAP}${sign} ${name}${GAP}${text(room)}`];
}
