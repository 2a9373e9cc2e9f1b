import type { Env } from "#app/server/env.server.ts";
import type { Log } from "#app/server/log.server.ts";
import { requestScope } from "#app/server/http/request-scope.server.ts";
import type { Authenticator } from "./authenticator.ts";
import { createLocalAuthenticator } from "./authenticator.local.server.ts";
import { createProxyAuthenticator } from "./authenticator.proxy.server.ts";
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
export async function createSignIn(options: Options): Promise<SignIn> {
  const { env, clock } = options;
  const endedSessions = createEndedSessions(clock);
  return {
    authenticator: endedSessions.guard(await createAuthenticator(options)),
    endedSessions,
    serviceTokens: createSecretList(env.JOBMON_SERVICE_TOKEN),
    metricsTokens: createSecretList(env.JOBMON_METRICS_TOKEN),
  };
}

async function createAuthenticator(options: Options): Promise<Authenticator> {
  const { env, clock } = options;
  const mode = signInMode(env);
  switch (mode) {
    case "local":
      return createLocalAuthenticator();
    case "clerk":
      // Clerk's libraries are loaded by those who use them.
      return (await import("./create-clerk.server.ts")).createClerk(options);
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
