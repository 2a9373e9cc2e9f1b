import type { RefreshSession } from "#app/client/session-refresh.ts";
import { useSignIn } from "./sign-in-context.tsx";

/** By whoever signs people in here; undefined where nobody renews a session from within a page. */
export function useSessionRefresh(): RefreshSession | undefined {
  return useSignIn().mode === "clerk" ? refreshByClerk : undefined;
}

let renewing: Promise<boolean> | undefined;

/** Clerk's part is loaded where Clerk signs people in; asked once for all who wait. */
function refreshByClerk(): Promise<boolean> {
  renewing ??= import("./clerk/renew-session.ts")
    .then(({ renewSession }) => renewSession())
    .finally(() => (renewing = undefined));
  return renewing;
}
