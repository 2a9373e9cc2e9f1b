import type { RefreshSession } from "./session-refresh.ts";

/**
 * A fetch, the browser's own where none is given, that has a session renewed which the server refuses, and asks once more.
 * What cannot be renewed stays refused; it rejects where that cannot be told at the moment.
 */
export function fetchWithSession(
  send: typeof fetch = (...request) => fetch(...request),
  refreshSession?: RefreshSession,
): typeof fetch {
  if (refreshSession === undefined) return send;
  return async (input, init) => {
    const answer = await send(input, init);
    return answer.status === 401 && (await refreshSession()) ? send(input, init) : answer;
  };
}
