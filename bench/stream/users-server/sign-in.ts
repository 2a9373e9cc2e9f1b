import type { Authenticator } from "#app/server/sign-in/authenticator.ts";

/** Everybody is who they say they are; only for benches on loopback. */
export function createLocalAuthenticator(): Authenticator {
  return {
    mode: "local",
    authenticate(request) {
      const userEmail = request.headers.get("X-User") ?? "dev@localhost";
      return Promise.resolve({ kind: "user", user: { userEmail } });
    },
  };
}
