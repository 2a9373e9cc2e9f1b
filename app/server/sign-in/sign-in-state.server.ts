import type { Me } from "#app/contract/http.ts";
import type { Authenticator, PageRequest } from "./authenticator.ts";

/** What a page is told of the sign-in: no secret. `provider` is for the provider's own part in the browser. */
export type SignInState = { mode: Me["auth"]; userEmail?: string; provider?: unknown };

/** How people sign in and who has, for the page that is being answered. */
export async function signInState(page: PageRequest, authenticator: Authenticator): Promise<SignInState> {
  const { mode } = authenticator;
  const identity = await authenticator.authenticate(page.request);
  const provider = await authenticator.browserState?.(page);
  return {
    mode,
    ...(identity.kind === "user" ? { userEmail: identity.user.userEmail } : {}),
    ...(provider === undefined ? {} : { provider }),
  };
}
