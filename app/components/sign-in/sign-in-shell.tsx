import { lazy, type ReactNode, useMemo } from "react";
import type { Locale } from "#app/locales/locale.ts";
import { SameUser } from "./same-user.tsx";
import { SignInProvider, type SignInState } from "./sign-in-context.tsx";

/** Clerk's part is loaded where Clerk signs people in, and nowhere else; so are its German texts. */
const clerkShells = {
  de: lazy(() => import("./clerk/clerk-shell-de.tsx")),
  en: lazy(() => import("./clerk/clerk-shell.tsx")),
};

/** What every page stands in: knows who is signed in, and shows it to nobody else. */
export function SignInShell(props: { signIn: SignInState; locale: Locale; children: ReactNode }) {
  const { signIn, locale } = props;
  const { mode, userEmail, provider } = signIn;
  const value = useMemo(() => ({ ...signIn, locale }), [signIn, locale]);
  const children =
    mode === "local" || userEmail === undefined ? (
      props.children
    ) : (
      <SameUser key={userEmail} userEmail={userEmail}>
        {props.children}
      </SameUser>
    );
  const Clerk = clerkShells[locale];
  return (
    <SignInProvider value={value}>
      {mode === "clerk" ? <Clerk state={provider}>{children}</Clerk> : children}
    </SignInProvider>
  );
}
