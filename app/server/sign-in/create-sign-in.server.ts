import type { Env } from "#app/server/env.server.ts";
import type { Log } from "#app/server/log.server.ts";
import { requestScope } from "#app/server/request-scope.server.ts";
import type { Authenticator } from "./authenticator.ts";
import { createClerkAuthenticator } from "./authenticator.clerk.server.ts";
import { createLocalAuthenticator } from "./authenticator.local.server.ts";
import { createProxyAuthenticator } from "./authenticator.proxy.server.ts";
import { createClerkBackend } from "./clerk-backend.server.ts";
import { createClerkSessions } from "./clerk-sessions.server.ts";
import { createEndedSessions, type EndedSessions } from "./ended-sessions.ts";
import { createSecretList, type SecretList } from "./secret-list.server.ts";
import { signInMode } from "./sign-in-variables.server.ts";

type Options = { env: Env; clock: () => number; log: Log };

/** Who may do what: people by the authenticator, programs by tokens of the environment. */
export type SignIn = {
  authenticator: Authenticator;
  endedSessions: Pick<EndedSessions, "add">;
  /** By these a backend registers jobs for the users it names. */
  serviceTokens: SecretList;
  /** By these the metrics are read. */
  metricsTokens: SecretList;
};

/** Picks the adapter for an environment. */
export function createSignIn(options: Options): SignIn {
  const { env, clock } = options;
  const endedSessions = createEndedSessions(clock);
  return {
    authenticator: endedSessions.guard(createAuthenticator(options)),
    endedSessions,
    serviceTokens: createSecretList(env.JOBMON_SERVICE_TOKEN),
    metricsTokens: createSecretList(env.JOBMON_METRICS_TOKEN),
  };
}

function createAuthenticator(options: Options): Authenticator {
  const { env, clock } = options;
  const mode = signInMode(env);
  switch (mode) {
    case "local":
      return createLocalAuthenticator();
    case "clerk":
      return createClerk(options);
    case "proxy":
      return createProxyAuthenticator({
        secrets: createSecretList(env.JOBMON_PROXY_SECRET),
        userHeader: env.JOBMON_PROXY_USER_HEADER,
        signOutUrl: env.JOBMON_PROXY_SIGN_OUT_URL,
        isFromProxy: () => requestScope.getStore()?.isProxied ?? false,
        clock,
      });
  }
}

function createClerk({ env, clock, log }: Options): Authenticator {
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
