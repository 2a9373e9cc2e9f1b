import type { RefreshSession } from "./session-refresh.ts";

/**
 * A fetch that has a session renewed which the server refuses, and asks once more. What cannot be renewed stays refused; it
 * rejects where that cannot be told at the moment.
 */
export function fetchWithSession(send: typeof fetch, refreshSession: RefreshSession): typeof fetch {
  return async (input, init) => {
    const answer = await send(input, init);
    return answer.status === 401 && (await refreshSession()) ? send(input, init) : answer;
  };
}
