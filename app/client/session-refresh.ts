export type SessionRefresh = {
  /** True when the session is good again; false when it is not, cannot be, or was refreshed already. Never rejects. */
  refresh(): Promise<boolean>;
  isRunning(): boolean;
  /** The session was accepted: the next refusal may be worth another refresh. */
  accepted(): void;
};

/** Refreshes a session, once for each time the server refuses it. */
export function createSessionRefresh(refreshSession: (() => Promise<boolean>) | undefined): SessionRefresh {
  let isSpent = false;
  let isRunning = false;
  return {
    async refresh() {
      if (refreshSession === undefined || isSpent) return false;
      isSpent = true;
      isRunning = true;
      const isGood = await refreshSession().catch(() => false);
      isRunning = false;
      return isGood;
    },
    isRunning: () => isRunning,
    accepted() {
      isSpent = false;
    },
  };
}
