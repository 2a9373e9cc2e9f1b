/** One job a user, one stream a user. */
export const USERS = 2_000;
export const userOf = (n: number): string => `user-${n}@example.org`;
/** Of the clock that two processes share, in milliseconds. */
export const now = (): number => performance.timeOrigin + performance.now();
