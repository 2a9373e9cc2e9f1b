import { z } from "#app/contract/zod-mini.ts";
import { type JobSummary, jobLogSchema, jobSummarySchema } from "./job-summary.ts";

/** The newest state of one job, in full: `event: job_update` (design: the stream). */
export const jobUpdateSchema = z.extend(jobSummarySchema, { type: z.literal("job_update") });
export type JobUpdate = z.infer<typeof jobUpdateSchema>;

/** One line of a followed job. `index` counts from 0 over all lines the job ever had. */
export const jobLogLineSchema = z.object({
  jobId: z.string(),
  index: z.int().check(z.minimum(0)),
  entry: jobLogSchema,
});

const head = z.object({ head: z.string() });
/** `degraded`: the repository or the bus does not answer, what is shown may lag until it is told without it. */
const headAndState = z.extend(head, { degraded: z.optional(z.literal(true)) });

/** Every event of the stream and the shape of its data. Both ends read this one table. */
export const streamEvents = {
  job_update: jobUpdateSchema,
  job_log: jobLogLineSchema,
  job_removed: z.object({ jobId: z.string() }),
  ready: headAndState,
  reset: head,
  heartbeat: headAndState,
  bye: z.object({ retry: z.int().check(z.minimum(0)) }),
} as const;

export type StreamEventName = keyof typeof streamEvents;

/** One decoded event; `id` is the cursor a client resumes from, where the event carries one. */
export type StreamEvent = {
  [Name in StreamEventName]: {
    event: Name;
    data: z.infer<(typeof streamEvents)[Name]>;
    id?: string;
  };
}[StreamEventName];

/** The stream's form of a job. */
export function toJobUpdate(summary: JobSummary): JobUpdate {
  return { type: "job_update", ...summary };
}

/** Reads one event off the wire. Undefined for an unknown name; throws when known data is malformed. */
export function decodeStreamEvent(event: string, data: string, id: string): StreamEvent | undefined {
  return Object.hasOwn(streamEvents, event) ? readStreamEvent(event, JSON.parse(data), id) : undefined;
}

/** The same for data that is no text any more. */
export function readStreamEvent(event: string, data: unknown, id: string): StreamEvent | undefined {
  if (!Object.hasOwn(streamEvents, event)) return undefined;
  const name = event as StreamEventName;
  const read = streamEvents[name].parse(data);
  return { event: name, data: read, ...(id === "" ? {} : { id }) } as StreamEvent;
}
