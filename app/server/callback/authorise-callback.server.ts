import { hashToken, isSameHash } from "./callback-token.server.ts";
import type { CallbackTarget, CallbackToken, JobRepository } from "#app/server/repository/job-repository.ts";

const JOBS_KEPT = 10_000;

/** The job a callback may change, and the token it came with: the token's job, if the path names it or none. Undefined is 401. */
export type AuthoriseCallback = (
  jobId: string | undefined,
  token: string,
) => Promise<(CallbackTarget & { token: CallbackToken }) | undefined>;

/**
 * A job is looked up by the hash of the token, never by the id in the path: a wrong token costs the same for a job there is as
 * for one there is not, and so tells nothing of either. Only a token that has been good before is followed to its job.
 */
export function createAuthoriseCallback(options: {
  repository: JobRepository;
  clock: () => number;
}): AuthoriseCallback {
  const { repository, clock } = options;
  const jobOfToken = new Map<string, string>();

  function keep(key: string, jobId: string): void {
    jobOfToken.set(key, jobId);
    const [oldest] = jobOfToken.keys();
    if (jobOfToken.size > JOBS_KEPT && oldest !== undefined) jobOfToken.delete(oldest);
  }

  return async function authoriseCallback(jobId, token) {
    const hash = hashToken(token);
    const key = Buffer.from(hash).toString("base64");
    const known = jobOfToken.get(key);
    const remembered = known === undefined ? undefined : await repository.findTarget(known);
    // What is known of a job in motion may be older than a token that was added elsewhere.
    const target =
      remembered !== undefined && tokenOf(remembered, hash) !== undefined
        ? remembered
        : await repository.findTargetByToken(hash);
    const found = target && goodToken(target, hash, clock());
    if (target === undefined || found === undefined) {
      jobOfToken.delete(key);
      return undefined;
    }
    keep(key, target.job.jobId);
    return jobId === undefined || jobId === target.job.jobId ? { ...target, token: found } : undefined;
  };
}

/** The token of this hash, if it is one of the job's and has not expired. */
export function goodToken(target: CallbackTarget, hash: Uint8Array, now: number): CallbackToken | undefined {
  const found = tokenOf(target, hash);
  return found !== undefined && Date.parse(found.expiresAt) > now ? found : undefined;
}

function tokenOf({ tokens }: CallbackTarget, hash: Uint8Array): CallbackToken | undefined {
  return tokens.find((token) => isSameHash(token.hash, hash));
}
