import { defined } from "#app/contract/defined.ts";
import { type Fault, firstFault } from "#app/contract/fault.ts";
import { type CallbackBody, callbackBodySchema } from "./body.ts";
import { splitArgs } from "./log-line.ts";
import { readError, readOutcome } from "./outcome.ts";
import { countText, readProgress } from "./progress.ts";
import { type Fields, isFields } from "#app/contract/fields.ts";
import type { CallbackPayload, CallbackReport, ReportedLine } from "./report.ts";
import { readPayload } from "./result.ts";

/** A callback in our words; `payload` is empty but for a final. */
export type Translation = { report: CallbackReport; payload: CallbackPayload };

/**
 * Translates one callback of the Secretary, or of a plain worker, into our words. Pure. Unknown fields survive in
 * the details; a fault names the field; relative links are resolved against `secretaryUrl`. The only place that
 * knows the dialect (design: state rules, 5).
 */
export function translateCallback(
  body: unknown,
  options: { secretaryUrl?: string } = {},
): Translation | { fault: Fault } {
  if (!isFields(body)) {
    return { fault: { field: "body", message: 'expected a JSON object, such as {"progress":42}' } };
  }
  const known = callbackBodySchema.safeParse(body);
  if (!known.success) return { fault: firstFault(known.error, "body") };
  const outcome = readOutcome(known.data);
  const payload = outcome === "completed" || outcome === "failed" ? readPayload(known.data, options) : {};
  return { report: reportOf(known.data, body, outcome, payload), payload };
}

function reportOf(
  body: CallbackBody,
  raw: Fields,
  outcome: CallbackReport["outcome"],
  { archive }: CallbackPayload,
): CallbackReport {
  const phase = body.phase || undefined;
  const progress = readProgress(body);
  const error = outcome === "failed" ? readError(body) : undefined;
  const isErrorLine = outcome === "failed" || (outcome === undefined && phase === "failed");
  const split = body.message ? splitArgs(body.message) : undefined;
  const message = split?.message ?? error?.message ?? countText(body);
  const details = { ...unknownFields(raw), ...body.details, ...split?.details };
  const hasDetails = Object.keys(details).length > 0;

  const lines: CallbackReport["lines"] = (body.logs ?? []).map((line) => ({
    level: line.level,
    ...defined({ ...line, ...splitLine(line) }),
  }));
  if (message !== undefined || hasDetails) {
    const level = isErrorLine ? "error" : (body.level ?? "info");
    const content = { phase, progress, message, details: hasDetails ? details : undefined };
    lines.push({ level, ...defined(content) });
  }
  return {
    lines,
    ...defined({
      outcome,
      queued: isWaiting(body, raw) || undefined,
      phase,
      progress,
      message,
      error,
      errorLine: isErrorLine && outcome === undefined ? message : undefined,
      hasArchive: archive === undefined ? undefined : (true as const),
      processId: isFields(body.process) && typeof body.process.id === "string" ? body.process.id : undefined,
      seq: body.seq ?? undefined,
    }),
  };
}

/** A line's own ` - Args: …`, added to the details it came with. */
function splitLine({ message, details }: Pick<ReportedLine, "message" | "details">) {
  if (message === undefined) return {};
  const split = splitArgs(message);
  return split.details === undefined
    ? split
    : { message: split.message, details: { ...details, ...split.details } };
}

/** A host that only tells the number of the process says that the job was accepted, not that it runs. */
function isWaiting({ phase, status }: CallbackBody, raw: Fields): boolean {
  if (isFields(raw.process) && Object.keys(raw).length === 1) return true;
  return status === "queued" || status === "pending" || phase === "pending";
}

/** What no schema names, and what `process` and `job` say beyond their id. */
function unknownFields(raw: Fields): Fields {
  const unknown = Object.entries(raw).filter(([name]) => !Object.hasOwn(callbackBodySchema.shape, name));
  for (const name of ["process", "job"] as const) {
    const value = raw[name];
    if (!isFields(value)) continue;
    const { id: _, ...rest } = value;
    if (Object.keys(rest).length > 0) unknown.push([name, rest]);
  }
  return Object.fromEntries(unknown);
}
