import type { createMongoRequests } from "./mongo-requests.server.ts";
import type { JobState, JobStates } from "./mongo-states.server.ts";

type Match = { digest: string; since: string; idempotencyKey?: string };

/** Whether a request changed its job before. Asked of the database only where the last requests of the job do not tell. */
export function createKnownRequests(requests: ReturnType<typeof createMongoRequests>, states: JobStates) {
  return async function has(jobId: string, match: Match): Promise<boolean> {
    const state = await states.get(jobId);
    if (state === undefined) return false;
    const isKnown = isRecent(state, match);
    // What changed the job may be newer than this copy of it: the answer is given from the stored one.
    if (isKnown) states.forget(jobId);
    if (isKnown || tellsAll(state, match)) return isKnown;
    return requests.isPutAway(jobId, match);
  };
}

function isRecent({ recent }: JobState, { digest, since, idempotencyKey }: Match): boolean {
  return recent.some((request) => {
    if (idempotencyKey !== undefined && idempotencyKey === request.idempotencyKey) return true;
    return request.digest === digest && Date.parse(request.at) >= Date.parse(since);
  });
}

/** Whether nothing that was put away can match: it is older than what is asked for, and no key is. */
function tellsAll({ recent, isWhole }: JobState, { since, idempotencyKey }: Match): boolean {
  if (isWhole) return true;
  const [oldest] = recent;
  return idempotencyKey === undefined && oldest !== undefined && oldest.at < since;
}
