import type { JobLog, JobSummary } from "#app/contract/job.ts";
import { cutMiddle, padEnd } from "./cut.ts";
import type { Look } from "./look.ts";
import { safeLine, safeLines } from "./safe-line.ts";
import { renderStamp, type Stamp } from "./stamp.ts";
import { textWidth } from "./text-width.ts";

/** Cells for the title of a job before its lines. */
const NAME = 16;
const STATES = { debug: "faint", info: "faint", warn: "stalled", error: "failed" } as const;

/** What an entry of a log says: its message, else its step, else its details. */
export function logText({ message, phase, details }: JobLog): string {
  return message ?? phase ?? (details === undefined ? "" : JSON.stringify(details));
}

export type LogLinesOptions = {
  look: Look;
  stamp?: Stamp;
  /** Also what else the worker has sent with the entry. */
  details?: boolean;
  /** The job, named before the text in its colour, where the lines of several are shown. */
  job?: Pick<JobSummary, "jobId" | "title">;
};

/** One entry of a log: clock, level where it is not info, text; further lines of the text stand below it. */
export function renderLog(entry: JobLog, options: LogLinesOptions): string[] {
  const { look, details = false, job } = options;
  const name = job === undefined ? "" : padEnd(cutMiddle(safeLine(job.title), NAME, look.signs.cut), NAME);
  const time = renderStamp(Date.parse(entry.timestamp), options);
  const word = entry.level === "info" ? "" : entry.level.toUpperCase();
  const parts = [time, name, word].filter(Boolean);
  const indent = " ".repeat(parts.reduce((sum, part) => sum + textWidth(part) + 1, 0));
  const painted = [
    look.paint("faint", time),
    job === undefined ? "" : look.paintJob(job.jobId, name),
    word === "" ? "" : look.paint(STATES[entry.level], word),
  ].filter(Boolean);
  const lines = safeLines(logText(entry)).map((line, at) =>
    (at === 0 ? [...painted, line].join(" ") : indent + line).trimEnd(),
  );
  const isMore = details && entry.details !== undefined && entry.message !== undefined;
  const more = isMore ? safeLines(JSON.stringify(entry.details, null, 2)) : [];
  return [...lines, ...more.map((line) => indent + look.paint("faint", line))];
}
