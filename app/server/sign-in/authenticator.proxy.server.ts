import { z } from "zod";
import type { Authenticator, Identity } from "./authenticator.ts";
import type { SecretList } from "./secret-list.server.ts";

/** What the proxy proves itself by, beside its address. */
export const PROXY_SECRET_HEADER = "X-Jobmon-Proxy-Secret";

/** We are not told when the user signs out at the proxy: a stream lives no longer than this, then the proxy is asked. */
const STREAM_MS = 5 * 60_000;

const emailSchema = z.email().max(320).toLowerCase();

/**
 * A proxy that signs people in, such as oauth2-proxy, names the user in a header. It is believed where the connection
 * comes from a trusted proxy and carries the shared secret; it must take both headers from nobody else.
 */
export function createProxyAuthenticator(options: {
  secrets: SecretList;
  userHeader: string;
  /** Where the proxy signs people out. */
  signOutUrl?: string | undefined;
  /** Whether the request that is being answered came over a trusted proxy. */
  isFromProxy: () => boolean;
  clock: () => number;
}): Authenticator {
  const { secrets, userHeader, signOutUrl, isFromProxy, clock } = options;

  function identify({ headers }: Request): Identity {
    if (!isFromProxy() || !secrets.has(headers.get(PROXY_SECRET_HEADER) ?? undefined))
      return { kind: "nobody" };
    const named = headers.get(userHeader) ?? "";
    const email = emailSchema.safeParse(named);
    if (email.success)
      return { kind: "user", user: { userEmail: email.data, sessionEndsAt: clock() + STREAM_MS } };
    return { kind: named === "" ? "nobody" : "no_email" };
  }

  return {
    mode: "proxy",
    authenticate: (request) => Promise.resolve(identify(request)),
    browserState: () => Promise.resolve(signOutUrl),
  };
}
