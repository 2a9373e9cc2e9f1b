import type { LogLine } from "#app/client/job-lines.ts";
import type { JobLog } from "#app/contract/job.ts";

export type LogLevel = JobLog["level"];
export const LEVELS = ["debug", "info", "warn", "error"] as const satisfies readonly LogLevel[];

/** What a line says: its message, else its step, else how far it is. */
export function lineText({ message, phase, progress }: JobLog): string {
  return (message || phase) ?? (progress === undefined ? "…" : `${Math.floor(progress)} %`);
}

/** The lines of a level and above that contain a text, in whatever case, also in their details. */
export function findLines(lines: readonly LogLine[], wanted: { level: LogLevel; text: string }) {
  const least = LEVELS.indexOf(wanted.level);
  const text = wanted.text.trim().toLocaleLowerCase();
  if (least === 0 && text === "") return lines;
  return lines.filter(({ entry }) => {
    if (LEVELS.indexOf(entry.level) < least) return false;
    return text === "" || searchText(entry).includes(text);
  });
}

/** The lines as a text file: time in UTC, level, message, details as JSON. */
export function logFile(lines: readonly LogLine[]): string {
  return lines
    .map(({ entry }) => {
      const head = `${entry.timestamp} ${entry.level.toUpperCase().padEnd(5)} ${lineText(entry)}`;
      return entry.details === undefined ? `${head}\n` : `${head} ${JSON.stringify(entry.details)}\n`;
    })
    .join("");
}

/** A text in pieces, every second of which is the text that is looked for. */
export function splitByMatch(text: string, wanted: string): string[] {
  const needle = wanted.trim().toLocaleLowerCase();
  const lower = text.toLocaleLowerCase();
  // A letter that changes its length with its case would shift every place after it.
  if (needle === "" || lower.length !== text.length) return [text];
  const pieces: string[] = [];
  let at = 0;
  for (let next = lower.indexOf(needle); next !== -1; next = lower.indexOf(needle, at)) {
    pieces.push(text.slice(at, next), text.slice(next, next + needle.length));
    at = next + needle.length;
  }
  return [...pieces, text.slice(at)];
}

function searchText(entry: JobLog): string {
  const details = entry.details === undefined ? "" : ` ${JSON.stringify(entry.details)}`;
  return (lineText(entry) + details).toLocaleLowerCase();
}
