import type { CallbackReport, ReportedLine } from "#app/contract/callback/report.ts";
import { defined } from "#app/contract/defined.ts";
import { cleanText } from "./clean-text.ts";
import { redact } from "./redact.ts";

const MESSAGE_LIMIT = 2_000;
const WORD_LIMIT = 200;
const DETAILS_LIMIT = 8 * 1024;

/**
 * A report as it may be stored, shown and replayed: texts cleaned and cut, details redacted and at most 8 KB
 * (design: state rules, 6). Cleaning twice changes nothing.
 */
export function cleanReport(report: CallbackReport): CallbackReport {
  const { phase, message, errorLine, processId, error, lines } = report;
  return {
    ...report,
    ...defined({
      phase: cut(phase, WORD_LIMIT),
      message: cut(message, MESSAGE_LIMIT),
      errorLine: cut(errorLine, MESSAGE_LIMIT),
      processId: cut(processId, WORD_LIMIT),
      error: error && {
        code: cleanText(error.code, WORD_LIMIT),
        message: cleanText(error.message, MESSAGE_LIMIT),
        ...defined({ details: error.details && cutDetails(error.details) }),
      },
    }),
    lines: lines.map(cleanLine),
  };
}

function cleanLine(line: ReportedLine): ReportedLine {
  const { phase, message, details } = line;
  return {
    ...line,
    ...defined({
      phase: cut(phase, WORD_LIMIT),
      message: cut(message, MESSAGE_LIMIT),
      details: details && cutDetails(details),
    }),
  };
}

function cut(text: string | undefined, limit: number): string | undefined {
  return text === undefined ? undefined : cleanText(text, limit);
}

/** Details that fit, or beyond 8 KB the beginning of their JSON, cut visibly and between characters. */
function cutDetails(details: Record<string, unknown>): Record<string, unknown> {
  const safe = redact(details) as Record<string, unknown>;
  const json = new TextEncoder().encode(JSON.stringify(safe));
  if (json.length <= DETAILS_LIMIT) return safe;
  const beginning = new TextDecoder().decode(json.subarray(0, DETAILS_LIMIT / 2)).replace(/\uFFFD$/, "");
  return { cut: `${beginning}…`, bytes: json.length };
}
