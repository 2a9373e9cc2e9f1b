import { defined } from "#app/contract/defined.ts";
import type { Fields } from "#app/contract/fields.ts";
import type { CallbackReport } from "./report.ts";

/**
 * A callback that says what a report says: translated again it gives the same report. It is not the body that came:
 * the dialect, the result and its files are not kept.
 */
export function reportBody(report: CallbackReport): Fields {
  const { outcome, queued, phase, progress, message, lines, error, processId, seq } = report;
  const own = lines.at(-1);
  const isOwn = own !== undefined && own.message === message && own.timestamp === undefined;
  const isError = outcome === "failed" || (outcome === undefined && phase === "failed");
  return defined({
    status: outcome ?? (queued ? "queued" : undefined),
    phase,
    progress,
    message,
    ...(isOwn
      ? { level: isError || own.level === "info" ? undefined : own.level, details: own.details }
      : {}),
    logs: lines.length > (isOwn ? 1 : 0) ? lines.slice(0, isOwn ? -1 : undefined) : undefined,
    error,
    seq,
    process: processId === undefined ? undefined : { id: processId },
  });
}
