import { createHash, randomUUID } from "node:crypto";
import { type Fault, firstFault } from "#app/contract/fault.ts";
import { type Registered, type RegisterRequest, registerRequestSchema } from "#app/contract/http.ts";
import type { UsualTime } from "#app/contract/job.ts";
import { isProcessId } from "#app/contract/process-id.ts";
import { newJob } from "#app/domain/new-job.ts";
import { USUAL_OF_LAST, usualTime } from "#app/domain/usual-time.ts";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import { issueToken } from "#app/server/callback/callback-token.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import type { User } from "#app/server/sign-in/authenticator.ts";

export type Registration =
  /** 201 with the token, the only time it is shown. */
  | { kind: "registered"; registered: Registered }
  /** 422: this `Idempotency-Key` was used before for something else. */
  | { kind: "key_reused"; jobId: string }
  /** 422: a field is wrong. */
  | { kind: "invalid"; field: string; message: string }
  /** 403: only a service may register for somebody else. */
  | { kind: "forbidden" };

/** Who registers: a user, or a service that names one. */
export type Registrar = User | "service";

export type RegisterJob = (
  registrar: Registrar,
  input: { body: unknown; idempotencyKey?: string | undefined; baseUrl: string },
) => Promise<Registration>;

/**
 * Registers jobs: durable first, then told to whoever is watching. The same request under the same key is answered
 * with the same job and a further token, so that whoever lost the first answer can go on.
 */
export function createRegisterJob(options: {
  repository: JobRepository;
  bus: JobBus;
  clock: () => number;
  /** The silence after which the Secretary is asked; undefined where it cannot be asked. */
  checkAfterSeconds?: number | undefined;
}): RegisterJob {
  const { repository, bus, clock, checkAfterSeconds } = options;

  function whyNotFollowed(processId: string | undefined): Fault | undefined {
    if (checkAfterSeconds === undefined) {
      return { field: "follow", message: "this server has no Secretary to follow jobs at" };
    }
    if (isProcessId(processId)) return undefined;
    return { field: "processId", message: "a job that is followed has the number job-<uuid> of its process" };
  }

  async function usualTimeOf(userEmail: string, kind: string | undefined): Promise<UsualTime | undefined> {
    return kind === undefined
      ? undefined
      : usualTime(await repository.runTimes(userEmail, kind, USUAL_OF_LAST));
  }

  return async (registrar, { body, idempotencyKey, baseUrl }) => {
    const parsed = registerRequestSchema.safeParse(body);
    if (!parsed.success) return { kind: "invalid", ...firstFault(parsed.error, "body") };
    const wanted: RegisterRequest = parsed.data;
    const unfollowable = wanted.follow && whyNotFollowed(wanted.processId);
    if (unfollowable) return { kind: "invalid", ...unfollowable };
    const userEmail = registrar === "service" ? wanted.userEmail : registrar.userEmail;
    if (userEmail === undefined)
      return { kind: "invalid", field: "userEmail", message: "a service says whose job it is" };
    if (wanted.userEmail !== undefined && wanted.userEmail !== userEmail) return { kind: "forbidden" };

    const now = clock();
    const { token, shown } = issueToken({ now, signed: wanted.signed ?? false });
    const identity = { jobId: randomUUID(), userEmail, at: new Date(now).toISOString() };
    const fresh = newJob(wanted, identity, {
      usual: await usualTimeOf(userEmail, wanted.kind),
      checkAfterSeconds,
    });
    const digest = createHash("sha256").update(JSON.stringify(wanted)).digest("hex");
    const request = idempotencyKey === undefined ? undefined : { key: idempotencyKey, digest };

    const inserted = await repository.insert(fresh, token, request);
    const job = "existing" in inserted ? inserted.existing : fresh;
    if ("existing" in inserted) {
      if (inserted.digest !== digest) return { kind: "key_reused", jobId: job.jobId };
      await repository.addToken(job.jobId, token);
    } else {
      bus.publish({ userEmail, seq: inserted.seq, job, logs: [] });
    }
    const registered: Registered = {
      jobId: job.jobId,
      status: job.status,
      callback_url: `${baseUrl.replace(/\/$/, "")}/api/external/jobs/${job.jobId}`,
      ...shown,
    };
    return { kind: "registered", registered };
  };
}
