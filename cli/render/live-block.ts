import type { JobSummary } from "#app/contract/job.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { words } from "#app/locales/words.ts";
import { renderBar } from "./bar.ts";
import { cutEnd, cutMiddle, padEnd, padStart } from "./cut.ts";
import { elapsedText, messageText, percentText, remainingText } from "./job-texts.ts";
import { type JobState, type Look, signOf, stateOf } from "./look.ts";
import { safeLine } from "./safe-line.ts";
import { textWidth } from "./text-width.ts";

const GAP = "  ";
const PERCENT = 5;
const LEAST_MESSAGE = 12;

export type BlockOptions = { width: number; height: number; now: number; look: Look };
type Columns = { lead: number; title: number; bar: number; time: number; left: number; message: number };

/**
 * What runs, as the block at the bottom: one line a job with all columns in line, below 60 columns two, below 30
 * title and percent. At most `height` lines; what does not fit is counted. No line reaches the last column.
 */
export function renderBlock(jobs: readonly JobSummary[], options: BlockOptions): string[] {
  const { width, height, look } = options;
  const perJob = width < 60 && width >= 30 ? 2 : 1;
  const fits = Math.floor(height / perJob);
  const shown = jobs.length <= fits ? jobs : jobs.slice(0, Math.floor((height - 1) / perJob));
  const columns = columnsOf(shown, options);
  const lines = shown.flatMap((job) => renderJob(job, columns, options));
  if (shown.length < jobs.length) {
    const more = terminalTexts[look.locale].more({ count: jobs.length - shown.length });
    lines.push(look.paint("faint", cutEnd(` ${more}`, width - 1, look.signs.cut)));
  }
  return lines;
}

/** What is left of the time gives way first, then the message, then the bar, then the title. */
function columnsOf(jobs: readonly JobSummary[], { width, now, look }: BlockOptions): Columns {
  const lead = 1 + textWidth(look.signs.state.completed) + 1;
  const time = Math.max(0, ...jobs.map((job) => elapsedText(job, now).length));
  const usable = width - 1;
  if (width < 30) return { lead: 1, title: usable - 1 - 1 - PERCENT, bar: 0, time: 0, left: 0, message: 0 };
  if (width < 60) {
    const message = Math.max(0, usable - lead - 10 - time - 2 * GAP.length);
    return { lead, title: usable - lead - 1 - PERCENT, bar: 10, time, left: 0, message };
  }
  const bar = Math.min(20, Math.max(10, Math.floor(width / 5)));
  const title = Math.min(34, Math.floor(width * 0.34));
  const others = lead + GAP.length + PERCENT + 1 + bar + GAP.length + time;
  const message = usable - others - title - GAP.length;
  if (message < LEAST_MESSAGE) return { lead, title: usable - others, bar, time, left: 0, message: 0 };
  const left = Math.max(0, ...jobs.map((job) => textWidth(remainingText(job, now, look.locale))));
  const besideLeft = message - left - GAP.length;
  return left > 0 && besideLeft >= LEAST_MESSAGE
    ? { lead, title, bar, time, left, message: besideLeft }
    : { lead, title, bar, time, left: 0, message };
}

function renderJob(job: JobSummary, columns: Columns, { width, now, look }: BlockOptions): string[] {
  const { cut } = look.signs;
  const state = stateOf(job, now);
  const title = padEnd(cutMiddle(safeLine(job.title), columns.title, cut), columns.title);
  const percent = padStart(percentText(job, look.locale), PERCENT);
  if (width < 30) return [` ${title} ${percent}`.trimEnd()];

  const text = cutEnd(
    messageText(job, { state, now, locale: look.locale, room: columns.message }),
    columns.message,
    cut,
  );
  const message = state === "stalled" ? look.paint(state, text) : text;
  const first = ` ${signOf(job, state, look)} ${title}`;
  const rest = [
    barOf(job, state, columns.bar, now, look),
    padStart(elapsedText(job, now), columns.time),
    ...(columns.left > 0 ? [padEnd(remainingText(job, now, look.locale), columns.left)] : []),
    message,
  ];
  if (width < 60) return [`${first} ${percent}`, " ".repeat(columns.lead) + rest.join(GAP)].map(trim);
  return [trim(`${first}${GAP}${percent} ${rest.join(GAP)}`)];
}

/** The bar, or in its place the word for a job that is not at work. */
function barOf(job: JobSummary, state: JobState, width: number, now: number, look: Look): string {
  if (state === "running" || state === "stalled") {
    return renderBar(job.progress, width, state === "stalled" ? 0 : Math.floor(now / 1000), look.signs);
  }
  const word = cutEnd(words[look.locale].status[job.status], width, look.signs.cut);
  return look.paint(state, word) + " ".repeat(width - textWidth(word));
}

function trim(line: string): string {
  return line.trimEnd();
}
