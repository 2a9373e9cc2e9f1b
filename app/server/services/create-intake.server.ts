import { type AcceptCallback, createAcceptCallback } from "#app/server/callback/accept-callback.server.ts";
import { createAuthoriseCallback } from "#app/server/callback/authorise-callback.server.ts";
import { createCallbackParser } from "#app/server/callback-body/callback-parser.server.ts";
import { createReadCallback, type ReadCallback } from "#app/server/callback-body/read-callback.server.ts";
import { createSharedCallbackRate } from "#app/server/callback/callback-rate.redis.server.ts";
import { createCallbackRate } from "#app/server/callback/callback-rate.server.ts";
import { createRegisterJob, type RegisterJob } from "#app/server/jobs/register-job.server.ts";
import type { Writing } from "./create-writing.server.ts";
import type { Ground } from "./open-ground.server.ts";

/** What comes in from outside: registrations and callbacks. */
export type Intake = {
  readCallback: ReadCallback;
  acceptCallback: AcceptCallback;
  registerJob: RegisterJob;
  bodyOptions: { limit: number; stallMs: number };
};

/** `checkAfterSeconds`: after such a silence the Secretary is asked. */
export function createIntake(
  ground: Ground,
  { takeReport, worker }: Writing,
  checkAfterSeconds: number | undefined,
): Intake {
  const { env, repository, bus, redis, metrics, clock } = ground;
  const progressLimit = env.LIMIT_PROGRESS_BYTES;
  const stallMs = env.BODY_STALL_SECONDS * 1000;
  return {
    readCallback: createReadCallback({
      parse: createCallbackParser({
        worker,
        secretaryUrl: env.SECRETARY_URL,
        secretaryKey: env.SECRETARY_API_KEY,
      }),
      progressLimit,
      finalLimit: env.LIMIT_FINAL_BYTES,
      stallMs,
      clock,
    }),
    acceptCallback: metrics.countedCallbacks(
      createAcceptCallback({
        authorise: createAuthoriseCallback({ repository, clock }),
        takeReport,
        rate: redis === undefined ? createCallbackRate() : createSharedCallbackRate(redis),
        clock,
        progressLimit,
      }),
    ),
    registerJob: createRegisterJob({ repository, bus, clock, checkAfterSeconds }),
    bodyOptions: { limit: progressLimit, stallMs },
  };
}
