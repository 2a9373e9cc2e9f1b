import { z } from "zod";

/** The variables of sizes, times and numbers that keep one process within its means. */
export const limitVariables = {
  LIMIT_PROGRESS_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .default(64 * 1024)
    .describe("The largest callback that reports progress, in bytes."),
  LIMIT_FINAL_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .default(32 * 1024 * 1024)
    .describe("The largest callback that ends a job, in bytes."),
  BODY_STALL_SECONDS: z.coerce
    .number()
    .min(0.1)
    .default(30)
    .describe("How long a body may stand still on its way in, and the head of a request may take."),
  WATCHDOG_SECONDS: z.coerce
    .number()
    .min(0.1)
    .default(15)
    .describe("How often silent jobs, expired jobs and what uploads left half-way are looked for."),
  RETENTION_DAYS: z.coerce
    .number()
    .min(0)
    .max(36_500)
    .default(90)
    .describe("How many days a job is kept after its end, with its results and files; 0 keeps all for ever."),
  HEARTBEAT_SECONDS: z.coerce
    .number()
    .min(0.1)
    .default(15)
    .describe(
      "Between two heartbeats of a stream; less than the time after which a proxy closes a silent one.",
    ),
  STREAMS_PER_USER: z.coerce
    .number()
    .int()
    .min(1)
    .default(8)
    .describe("How many streams one user may have open; further ones are answered 429."),
  STREAMS_PER_PROCESS: z.coerce
    .number()
    .int()
    .min(1)
    .default(5_000)
    .describe("How many streams this process may have open; further ones are answered 503."),
  DRAIN_SECONDS: z.coerce
    .number()
    .min(0)
    .default(10)
    .describe("What a stopping server gives its viewers to leave, and requests to end."),
};
