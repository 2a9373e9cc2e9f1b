import { useClerk } from "@clerk/react-router";
import { signInTexts } from "#app/locales/sign-in.ts";
import { useSignIn } from "../sign-in-context.tsx";
import { endSession } from "../end-session.ts";
import { MENU_ITEM } from "../menu-item.ts";

/** What somebody may do with a Clerk account. */
export default function ClerkActions() {
  const clerk = useClerk();
  const { menu } = signInTexts[useSignIn().locale];

  async function signOut(): Promise<void> {
    await endSession();
    await clerk.signOut({ redirectUrl: "/sign-in" });
  }

  return (
    <>
      <button type="button" className={MENU_ITEM} onClick={() => clerk.openUserProfile()}>
        {menu.account}
      </button>
      <button type="button" className={MENU_ITEM} onClick={() => void signOut()}>
        {menu.signOut}
      </button>
    </>
  );
}
