import { randomUUID } from "node:crypto";
import { type Registered, type RegisterRequest, registerRequestSchema } from "#app/contract/http.ts";
import { newJob } from "#app/domain/new-job.ts";
import type { User } from "./authenticate.server.ts";
import type { JobBus } from "./bus/job-bus.ts";
import { createCallbackToken, hashToken, TOKEN_LIFETIME_MS } from "./callback-token.server.ts";
import type { JobRepository } from "./repository/job-repository.ts";

export type Registration =
  /** 201 with the token, the only time it is shown. */
  | { kind: "registered"; registered: Registered }
  /** 409: this `Idempotency-Key` was used before; its token cannot be shown again. */
  | { kind: "already_registered"; jobId: string }
  /** 422: a field is wrong. */
  | { kind: "invalid"; field: string; message: string }
  /** 403: only a service may register for somebody else. */
  | { kind: "forbidden" };

export type RegisterJob = (
  user: User,
  input: { body: unknown; idempotencyKey?: string | undefined; baseUrl: string },
) => Promise<Registration>;

/** Registers jobs: durable first, then told to whoever is watching. */
export function createRegisterJob(options: {
  repository: JobRepository;
  bus: JobBus;
  clock: () => number;
}): RegisterJob {
  const { repository, bus, clock } = options;
  return async (user, { body, idempotencyKey, baseUrl }) => {
    const parsed = registerRequestSchema.safeParse(body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return {
        kind: "invalid",
        field: issue?.path.join(".") || "body",
        message: issue?.message ?? "invalid",
      };
    }
    const request: RegisterRequest = parsed.data;
    if (request.userEmail !== undefined && request.userEmail !== user.userEmail) return { kind: "forbidden" };

    const token = createCallbackToken();
    const now = clock();
    const expiresAt = new Date(now + TOKEN_LIFETIME_MS).toISOString();
    const identity = { jobId: randomUUID(), userEmail: user.userEmail, at: new Date(now).toISOString() };
    const job = newJob(request, identity);
    const target = { job, tokenHash: hashToken(token), tokenExpiresAt: expiresAt };
    const inserted = await repository.insert(target, idempotencyKey);
    if ("existing" in inserted) return { kind: "already_registered", jobId: inserted.existing.jobId };

    bus.publish({ userEmail: user.userEmail, seq: inserted.seq, job, logs: [] });
    const registered: Registered = {
      jobId: job.jobId,
      status: job.status,
      callback_url: `${baseUrl.replace(/\/$/, "")}/api/external/jobs/${job.jobId}`,
      callback_token: token,
      expiresAt,
    };
    return { kind: "registered", registered };
  };
}
