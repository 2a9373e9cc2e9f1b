import type { JobLog } from "#app/contract/job.ts";
import { formatSecond } from "#app/locales/time.ts";
import type { Look } from "./look.ts";
import { safeLines } from "./safe-line.ts";

const STATES = { debug: "faint", info: "faint", warn: "stalled", error: "failed" } as const;

/** One entry of a log: clock, level where it is not info, text; further lines of the text stand below it. */
export function renderLog({ timestamp, level, phase, message, details }: JobLog, look: Look): string[] {
  const time = formatSecond(Date.parse(timestamp), look.locale);
  const word = level === "info" ? "" : level.toUpperCase();
  const indent = " ".repeat(time.length + 1 + (word === "" ? 0 : word.length + 1));
  const text = message ?? phase ?? (details === undefined ? "" : JSON.stringify(details));
  const lead = [look.paint("faint", time), ...(word === "" ? [] : [look.paint(STATES[level], word)])];
  return safeLines(text).map((line, at) => (at === 0 ? [...lead, line].join(" ") : indent + line).trimEnd());
}
