import { lazy, Suspense } from "react";
import { signInTexts } from "#app/locales/sign-in.ts";
import { endSession } from "./end-session.ts";
import { MENU_ITEM } from "./menu-item.ts";
import { useSignIn } from "./sign-in-context.tsx";

const ClerkActions = lazy(() => import("./clerk/clerk-actions.tsx"));

/** The id of the menu, for whoever opens it by hand. */
export const USER_MENU = "user-menu";

/** Who is signed in, for the header of the panel, with what they may do about it; nothing in local mode. */
export function UserMenu() {
  const { mode, userEmail, provider, locale } = useSignIn();
  const { menu } = signInTexts[locale];
  if (mode === "local" || userEmail === undefined) return null;
  return (
    <>
      <button
        type="button"
        popoverTarget={USER_MENU}
        aria-label={`${menu.label}: ${userEmail}`}
        title={userEmail}
        className="my-1 grid size-6 shrink-0 place-items-center rounded-full bg-raised text-sm font-semibold text-muted uppercase ring-1 ring-line-strong hover:text-text"
      >
        {userEmail.slice(0, 1)}
      </button>
      <div
        id={USER_MENU}
        popover="auto"
        className="inset-auto top-11 right-3 m-0 w-60 rounded-xl border border-line bg-bg p-1.5 text-text shadow-pill"
      >
        <p className="px-2 pt-1 text-sm text-muted">{menu.signedIn}</p>
        <p className="border-b border-line px-2 pb-2 mb-1.5 font-medium break-all">{userEmail}</p>
        {mode === "clerk" ? (
          <Suspense>
            <ClerkActions />
          </Suspense>
        ) : (
          <ProxySignOut provider={provider} label={menu.signOut} />
        )}
      </div>
    </>
  );
}

/** Where the proxy signs people out, if it said so. */
function ProxySignOut({ provider, label }: { provider: unknown; label: string }) {
  if (typeof provider !== "string") return null;
  return (
    <button
      type="button"
      className={MENU_ITEM}
      onClick={() => void endSession().then(() => location.assign(provider))}
    >
      {label}
    </button>
  );
}
