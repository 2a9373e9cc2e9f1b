import type { Env } from "#app/server/env.server.ts";
import { requestScope } from "#app/server/request-scope.server.ts";
import type { Authenticator } from "./authenticator.ts";
import { createLocalAuthenticator } from "./authenticator.local.server.ts";
import { createProxyAuthenticator } from "./authenticator.proxy.server.ts";
import { createSecretList, type SecretList } from "./secret-list.server.ts";
import { signInMode } from "./sign-in-variables.server.ts";

/** Who may do what: people by the authenticator, programs by tokens of the environment. */
export type SignIn = {
  authenticator: Authenticator;
  /** By these a backend registers jobs for the users it names. */
  serviceTokens: SecretList;
  /** By these the metrics are read. */
  metricsTokens: SecretList;
};

/** Picks the adapter for an environment. */
export function createSignIn(options: { env: Env; clock: () => number }): SignIn {
  return {
    authenticator: createAuthenticator(options),
    serviceTokens: createSecretList(options.env.JOBMON_SERVICE_TOKEN),
    metricsTokens: createSecretList(options.env.JOBMON_METRICS_TOKEN),
  };
}

function createAuthenticator({ env, clock }: { env: Env; clock: () => number }): Authenticator {
  const mode = signInMode(env);
  switch (mode) {
    case "local":
      return createLocalAuthenticator();
    case "clerk":
    case "proxy":
      return createProxyAuthenticator({
        secrets: createSecretList(env.JOBMON_PROXY_SECRET),
        userHeader: env.JOBMON_PROXY_USER_HEADER,
        isFromProxy: () => requestScope.getStore()?.isProxied ?? false,
        clock,
      });
  }
}
