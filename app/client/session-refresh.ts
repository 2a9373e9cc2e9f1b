/**
 * Has whoever signs people in renew the browser's session. False: there is none any more. Rejects where that cannot be
 * told at the moment.
 */
export type RefreshSession = () => Promise<boolean>;

export type SessionRefresh = {
  /** True when the session is good again; false when it is not, cannot be, or was refreshed already. Rejects as the refresh does. */
  refresh(): Promise<boolean>;
  isRunning(): boolean;
  /** The session was accepted: the next refusal may be worth another refresh. */
  accepted(): void;
};

/** Refreshes a session, once for each time the server refuses it; again where it could not be told. */
export function createSessionRefresh(refreshSession: RefreshSession | undefined): SessionRefresh {
  let isSpent = false;
  let isRunning = false;
  return {
    async refresh() {
      if (refreshSession === undefined || isSpent) return false;
      isRunning = true;
      try {
        const isGood = await refreshSession();
        isSpent = true;
        return isGood;
      } finally {
        isRunning = false;
      }
    },
    isRunning: () => isRunning,
    accepted() {
      isSpent = false;
    },
  };
}
