import type { JobSummary } from "#app/contract/job.ts";
import { createLook, type Look } from "./look.ts";

/** 14:21:13 UTC on the day of the examples. */
export const NOW = Date.parse("2026-11-23T14:21:13.402Z");

/** A running job, a minute and twelve seconds old, with whatever a test says of it. */
export function exampleJob(fields: Partial<JobSummary> = {}): JobSummary {
  return {
    jobId: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    status: "running",
    updatedAt: new Date(NOW).toISOString(),
    lastCallbackAt: new Date(NOW).toISOString(),
    createdAt: new Date(NOW - 72_000).toISOString(),
    startedAt: new Date(NOW - 72_000).toISOString(),
    revision: 3,
    title: "Bericht.pdf",
    stallAfterSeconds: 300,
    cancelRequested: false,
    ...fields,
  };
}

export const drawn: Look = createLook({ locale: "de", ascii: false, colour: false });
export const ascii: Look = createLook({ locale: "en", ascii: true, colour: false });
export const coloured: Look = createLook({ locale: "de", ascii: false, colour: true });
