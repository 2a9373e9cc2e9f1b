import type { Env } from "#app/server/env.server.ts";
import type { Log } from "#app/server/log.server.ts";
import type { Authenticator } from "./authenticator.ts";
import { createClerkAuthenticator } from "./authenticator.clerk.server.ts";
import { createClerkBackend } from "./clerk-backend.server.ts";
import { createClerkSessions } from "./clerk-sessions.server.ts";

/** Clerk with the keys of the environment. */
export function createClerk({ env, clock, log }: { env: Env; clock: () => number; log: Log }): Authenticator {
  const { JOBMON_BASE_URL: baseUrl, CLERK_API_URL: apiUrl } = env;
  const keys = {
    secretKey: env.CLERK_SECRET_KEY ?? "",
    publishableKey: env.VITE_CLERK_PUBLISHABLE_KEY ?? "",
    ...(apiUrl === undefined ? {} : { apiUrl }),
  };
  const authorizedParties = baseUrl === undefined ? undefined : [new URL(baseUrl).origin];
  return createClerkAuthenticator({
    sessions: createClerkSessions({ keys, jwtKey: env.CLERK_JWT_KEY, authorizedParties }),
    backend: createClerkBackend(keys),
    clock,
    onUnavailable: (error) => log.warn({ error }, "Clerk could not be asked who somebody is"),
  });
}
