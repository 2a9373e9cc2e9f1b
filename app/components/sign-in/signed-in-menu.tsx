import { lazy, Suspense } from "react";
import type { Locale } from "#app/locales/locale.ts";
import { signInTexts } from "#app/locales/sign-in.ts";
import { endSession } from "./end-session.ts";
import { MENU_ITEM } from "./menu-item.ts";
import type { SignInState } from "./sign-in-context.tsx";

const ClerkActions = lazy(() => import("./clerk/clerk-actions.tsx"));

export type SignedInMenuProps = SignInState & { userEmail: string; locale: Locale };

/** Who is signed in, and what they may do about it. */
export function SignedInMenu({ mode, userEmail, provider, locale }: SignedInMenuProps) {
  const { menu } = signInTexts[locale];
  return (
    <>
      <p className="px-2 pt-1 text-sm text-muted">{menu.signedIn}</p>
      <p className="border-b border-line px-2 pb-2 mb-1.5 font-medium break-all">{userEmail}</p>
      {mode === "clerk" ? (
        <Suspense>
          <ClerkActions />
        </Suspense>
      ) : (
        <ProxySignOut provider={provider} label={menu.signOut} />
      )}
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
