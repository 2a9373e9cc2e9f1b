import type { Authenticate, User } from "#app/server/authenticate.server.ts";

export const LOCAL_USER: User = { userEmail: "dev@localhost" };

/** Everybody is who they say they are; only for benches on loopback. */
export function createLocalSignIn(): Authenticate {
  return (request) => Promise.resolve({ userEmail: request.headers.get("X-User") ?? LOCAL_USER.userEmail });
}
