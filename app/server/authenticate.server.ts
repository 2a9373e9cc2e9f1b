/**
 * Who looks at jobs. Everything a user reads is confined to `userEmail`, which is lower case. `sessionEndsAt`, in
 * milliseconds since 1970: no stream outlives it.
 */
export type User = { userEmail: string; sessionEndsAt?: number };

/** Finds out who sent a request; undefined means nobody we know, which is answered 401. */
export type Authenticate = (request: Request) => Promise<User | undefined>;

/** Local mode: one user, no sign-in. Safe because the server then listens on loopback and checks the Host. */
export const LOCAL_USER: User = { userEmail: "dev@localhost" };

export function createLocalSignIn(): Authenticate {
  return () => Promise.resolve(LOCAL_USER);
}
