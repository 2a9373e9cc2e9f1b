import { firstFault } from "#app/contract/fault.ts";
import { type Rotated, rotateRequestSchema } from "#app/contract/http.ts";
import type { Job } from "#app/contract/job.ts";
import type { User } from "#app/server/sign-in/authenticator.ts";
import { issueToken } from "./callback-token.server.ts";
import type { ChangeJob } from "#app/server/jobs/change-job.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";

export type Rotation =
  /** 201 with the new token, the only time it is shown. */
  | { kind: "rotated"; rotated: Rotated }
  /** 422: a field is wrong. */
  | { kind: "invalid"; field: string; message: string }
  /** 409: the job has ended, nobody reports it any more. */
  | { kind: "ended"; job: Job }
  | { kind: "not_found" };

export type RotateToken = (user: User, jobId: string, body: unknown) => Promise<Rotation>;

/**
 * Gives a job a new callback token, and lets those it has run out after `overlapSeconds`, by default an hour, so that the worker
 * can be told in the meantime. A job whose callbacks are signed gets a new secret with it.
 */
export function createRotateToken(options: {
  repository: Pick<JobRepository, "find" | "findTarget">;
  changeJob: ChangeJob;
  clock: () => number;
}): RotateToken {
  const { repository, changeJob, clock } = options;
  return async ({ userEmail }, jobId, body) => {
    const parsed = rotateRequestSchema.safeParse(body);
    if (!parsed.success) return { kind: "invalid", ...firstFault(parsed.error, "body") };
    if ((await repository.find(userEmail, jobId)) === undefined) return { kind: "not_found" };
    const target = await repository.findTarget(jobId);
    const signed = target?.tokens.some(({ signingSecret }) => signingSecret !== undefined) ?? false;

    const now = clock();
    const { token, shown } = issueToken({ now, signed });
    const olderUntil = new Date(now + parsed.data.overlapSeconds * 1000).toISOString();
    const event = { type: "token_rotated", at: new Date(now).toISOString() } as const;
    const changed = await changeJob(jobId, event, undefined, { rotation: { token, olderUntil } });
    if (changed === undefined) return { kind: "not_found" };
    return changed.applied ? { kind: "rotated", rotated: shown } : { kind: "ended", job: changed.job };
  };
}
