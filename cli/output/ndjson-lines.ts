import { z } from "zod";
import { cancelAnswerSchema, jobDetailSchema, meSchema } from "#app/contract/answers.ts";
import { deliverySchema } from "#app/contract/job-event.ts";
import { jobLogSchema, jobSummarySchema } from "#app/contract/job.ts";

/** A position in the feed; null before there is one. */
const cursor = z.string().nullable();

/** What only a single job has, not one of a list. */
const { logs, logsFrom, logCount, artifacts } = jobDetailSchema.shape;
const notInLists = z.object({ logs, logsFrom, logCount, artifacts }).partial().shape;

/**
 * Every line that a command writes with `-o ndjson`: one object, `type` says which. The contract of the terminal client
 * with programs: fields may be added, none is renamed or removed. docs/cli.md is made from it, and a test holds every
 * line to it.
 */
export const ndjsonLines = {
  job_update: {
    commands: ["tail", "wait", "list --watch"],
    says: "The newest state of a job, the fields of the stream unchanged",
    schema: z.object({ ...jobSummarySchema.shape, type: z.literal("job_update"), cursor }),
  },
  job_removed: {
    commands: ["tail", "wait", "list --watch", "rm"],
    says: "A job is gone",
    schema: z.object({ type: z.literal("job_removed"), cursor, jobId: z.string() }),
  },
  job_log: {
    commands: ["logs", "tail --logs"],
    says: "A line of a log; `index` counts from 0 over all lines the job ever had",
    schema: z.object({
      type: z.literal("job_log"),
      cursor,
      jobId: z.string(),
      index: z.int(),
      entry: jobLogSchema,
    }),
  },
  connection: {
    commands: ["tail --include-connection"],
    says: "What has become of the connection; `retryInMs` tells when the next attempt is made, `degraded` that the server itself does not learn of everything",
    schema: z.object({
      type: z.literal("connection"),
      cursor,
      state: z.enum(["connecting", "live", "reconnecting", "offline"]),
      retryInMs: z.number().optional(),
      problem: z.string().optional(),
      degraded: z.literal(true).optional(),
    }),
  },
  job: {
    commands: ["list", "show"],
    says: "A job as it is now; `show` also has what only the single job has",
    schema: z.object({
      ...jobDetailSchema.shape,
      ...notInLists,
      type: z.literal("job"),
      cursor,
    }),
  },
  delivery: {
    commands: ["deliveries"],
    says: "What reached a job, and what became of it",
    schema: z.object({ ...deliverySchema.shape, type: z.literal("delivery"), cursor, jobId: z.string() }),
  },
  cancel: {
    commands: ["cancel"],
    says: "What the job is, now that it is asked to stop",
    schema: z.object({ ...cancelAnswerSchema.shape, type: z.literal("cancel"), cursor, jobId: z.string() }),
  },
  me: {
    commands: ["whoami"],
    says: "Who the server takes the caller for; it has no place in a feed",
    schema: z.object({ ...meSchema.shape, type: z.literal("me"), cursor }),
  },
} as const satisfies Record<string, { commands: readonly string[]; says: string; schema: z.ZodObject }>;
