import type { JobDetail } from "#app/contract/http.ts";
import type { JobLog } from "#app/contract/job.ts";
import { LOGS_KEPT } from "#app/domain/job-log.ts";

/** A line and its place among all lines the job ever had. */
export type LogLine = { index: number; entry: JobLog };

/** The lines a detail came with. */
export function linesOf({ logs, logsFrom }: JobDetail): readonly LogLine[] {
  return logs.map((entry, offset) => ({ index: logsFrom + offset, entry }));
}

/**
 * The lines with one more, in order of index, the last 500 kept. A line that is known changes nothing, and then the
 * very same array comes back: the stream repeats lines after a reconnect.
 */
export function addLine(lines: readonly LogLine[], line: LogLine): readonly LogLine[] {
  const before = lines.findLastIndex(({ index }) => index <= line.index);
  if (lines[before]?.index === line.index) return lines;
  return lines.toSpliced(before + 1, 0, line).slice(-LOGS_KEPT);
}
