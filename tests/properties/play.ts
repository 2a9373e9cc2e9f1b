import { registerRequestSchema } from "#app/contract/http.ts";
import type { Job } from "#app/contract/job.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import { newJob } from "#app/domain/new-job.ts";
import { type ParsedCallback, parseCallback } from "#app/server/callback-body/parse-callback.server.ts";

type CallbackReceived = Extract<JobEvent, { type: "callback_received" }>;
export type Parsed = Extract<ParsedCallback, { kind: "parsed" }>;

/** The n-th second of the day on which these jobs live. */
export function instant(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();
}

export function registeredJob(request: Record<string, unknown> = {}, jobId = "job-1"): Job {
  const wanted = registerRequestSchema.parse({ title: "Bericht.pdf", ...request });
  return newJob(wanted, { jobId, userEmail: "anna@example.org", at: instant(0) });
}

/** A body as its bytes are read: JSON in ASCII, as Python writes it. Throws where it is no callback. */
export function read(body: unknown): Parsed {
  const parsed = parseCallback(new TextEncoder().encode(asciiJson(body)), {});
  if (parsed.kind !== "parsed") throw new Error(JSON.stringify(parsed));
  return parsed;
}

export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007F-\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The event of a callback; the names of its files follow from its bytes, as those of stored ones do. */
export function received({ report, digest, result, archive }: Parsed, at: string): CallbackReceived {
  const files = {
    ...(result && { result: { name: `result-${digest}.json`, size: result.byteLength } }),
    ...(archive && { archive: { name: `archive-${digest}.zip`, size: archive.byteLength } }),
  };
  return { type: "callback_received", at, report, ...(result || archive ? { stored: files } : {}) };
}
