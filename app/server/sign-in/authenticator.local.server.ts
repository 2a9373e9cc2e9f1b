import type { Authenticator } from "./authenticator.ts";

/** Local mode: one user, no sign-in. Safe because the server then listens on loopback and checks the Host. */
export function createLocalAuthenticator(): Authenticator {
  const user = { userEmail: "dev@localhost" };
  return { mode: "local", authenticate: () => Promise.resolve({ kind: "user", user }) };
}
