import type { JobDetail } from "#app/contract/http.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { tableTexts } from "#app/locales/terminal-tables.ts";
import { formatLength } from "#app/locales/time.ts";
import { words } from "#app/locales/words.ts";
import { wrap } from "../help/wrap.ts";
import { elapsedMs, messageText, percentText } from "./job-texts.ts";
import { type Look, signOf, stateOf } from "./look.ts";
import { padEnd } from "./cut.ts";
import { safeLine, safeLines } from "./safe-line.ts";
import { textWidth } from "./text-width.ts";

/** How much of a result is shown; all of it is in the JSON. */
const RESULT_LINES = 20;

/** One job as a page: its title, then what is known of it in two columns, then the beginning of its result. */
export function renderJob(
  job: JobDetail,
  options: { url: string; width: number; now: number; look: Look },
): string {
  const { url, width, now, look } = options;
  const { locale } = look;
  const texts = tableTexts[locale];
  const state = stateOf(job, now);
  const message = messageText(job, { state, now, locale, room: Infinity });
  const rows: [string, string | undefined][] = [
    [texts.jobId, job.jobId],
    [texts.page, new URL(`/jobs/${encodeURIComponent(job.jobId)}`, url).href],
    [
      texts.status,
      [
        words[locale].status[job.status],
        job.cancelRequested && !isFinal(job.status) ? texts.cancelRequested : "",
      ]
        .filter(Boolean)
        .join(", "),
    ],
    [texts.progress, percentText(job, locale)],
    [texts.phase, job.phase],
    [texts.message, message],
    [texts.error, job.error && `${job.error.message} (${job.error.code})`],
    [texts.kind, job.kind],
    [texts.createdAt, job.createdAt],
    [texts.updatedAt, job.updatedAt],
    [texts.duration, formatLength(elapsedMs(job, now), locale)],
    [texts.processId, job.processId],
    [texts.correlation, job.correlation],
    [texts.logs, job.logCount > 0 ? texts.lines({ count: job.logCount }) : undefined],
    ...job.artifacts.map(({ name, size, url: path }): [string, string] => [
      texts.artifacts,
      `${name} (${size} B) ${new URL(path, url).href}`,
    ]),
    ...(job.result?.links ?? []).map(({ name, url: link }): [string, string] => [
      texts.result,
      `${name} ${link}`,
    ]),
  ];
  const known = rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== "");
  const column = Math.max(...known.map(([heading]) => textWidth(heading))) + 2;
  const lines = known.flatMap(([heading, text]) => {
    const [first = "", ...more] = wrap(safeLine(text), Math.max(20, width - column - 1));
    return [
      look.paint("faint", padEnd(heading, column)) + first,
      ...more.map((line) => " ".repeat(column) + line),
    ];
  });
  const result = safeLines(job.result?.text ?? "").filter((line, _, all) => all.length > 1 || line !== "");
  const cut = result.length > RESULT_LINES ? [look.signs.cut] : [];
  const body = result.length === 0 ? [] : ["", ...result.slice(0, RESULT_LINES), ...cut];
  const head = `${signOf(job, state, look).trimEnd()} ${safeLine(job.title)}`;
  return [head, "", ...lines, ...body].map((line) => `${line}\n`).join("");
}
