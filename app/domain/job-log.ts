import { defined } from "#app/contract/defined.ts";
import type { ReportedLine } from "#app/contract/callback/report.ts";
import type { JobLog } from "#app/contract/job.ts";
import { cleanText } from "./clean-text.ts";
import { redact } from "./redact.ts";

const MESSAGE_LIMIT = 2_000;
const DETAILS_LIMIT = 8 * 1024;

/** How many lines of a job are kept; `logCount` tells how many there ever were. */
export const LOGS_KEPT = 500;

/** A worker's line as it is stored: cleaned, redacted, cut (design: state rules, 6). */
export function toJobLog(line: ReportedLine, receivedAt: string): JobLog {
  const { timestamp, level, phase, progress, message, details } = line;
  return {
    timestamp: timestamp ?? receivedAt,
    level,
    ...defined({
      phase: phase === undefined ? undefined : cleanText(phase, 200),
      progress,
      message: message === undefined ? undefined : cleanText(message, MESSAGE_LIMIT),
      details: details === undefined ? undefined : cutDetails(details),
    }),
  };
}

/** Details that fit: redacted, and beyond 8 KB of JSON replaced by its beginning, cut visibly between characters. */
export function cutDetails(details: Record<string, unknown>): Record<string, unknown> {
  const safe = redact(details) as Record<string, unknown>;
  const json = new TextEncoder().encode(JSON.stringify(safe));
  if (json.length <= DETAILS_LIMIT) return safe;
  const room = json.subarray(0, DETAILS_LIMIT / 2);
  return { cut: `${new TextDecoder().decode(room).replace(/\uFFFD$/, "")}…`, bytes: json.length };
}
