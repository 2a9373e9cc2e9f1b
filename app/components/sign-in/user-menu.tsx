import { lazy, Suspense } from "react";
import { useSignIn } from "./sign-in-context.tsx";

const SignedInMenu = lazy(async () => ({ default: (await import("./signed-in-menu.tsx")).SignedInMenu }));

/** The id of the menu, for whoever opens it by hand. */
export const USER_MENU = "user-menu";

/** Who is signed in, for the header of the panel, with what they may do about it; nothing in local mode. */
export function UserMenu({ label }: { label: string }) {
  const { userEmail, ...signIn } = useSignIn();
  if (signIn.mode === "local" || userEmail === undefined) return null;
  return (
    <>
      <button
        type="button"
        popoverTarget={USER_MENU}
        aria-label={`${label}: ${userEmail}`}
        title={userEmail}
        className="my-1 grid size-6 shrink-0 place-items-center rounded-full bg-raised text-sm font-semibold text-muted uppercase ring-1 ring-line-strong hover:text-text"
      >
        {userEmail.slice(0, 1)}
      </button>
      <div
        id={USER_MENU}
        popover="auto"
        className="inset-auto top-11 right-3 m-0 w-60 rounded-xl border border-line bg-over p-1.5 text-text shadow-pill"
      >
        <Suspense>
          <SignedInMenu {...signIn} userEmail={userEmail} />
        </Suspense>
      </div>
    </>
  );
}
