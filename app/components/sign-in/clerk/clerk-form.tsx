import { ClerkFailed, ClerkLoaded, ClerkLoading, SignIn, UserProfile } from "@clerk/react-router";
import { useSignIn } from "../sign-in-context.tsx";
import { SignInFailed, SignInLoading } from "../sign-in-page.tsx";

export type ClerkFormProps = {
  /** `account` for somebody who is signed in and has to verify an address first. */
  form: "sign_in" | "account";
  /** The path to go on to. */
  to: string;
};

/** Clerk's form, or what there is to say while it is not there. */
export default function ClerkForm({ form, to }: ClerkFormProps) {
  const { locale } = useSignIn();
  return (
    <>
      <ClerkLoading>
        <SignInLoading locale={locale} />
      </ClerkLoading>
      <ClerkFailed>
        <SignInFailed locale={locale} />
      </ClerkFailed>
      <ClerkLoaded>
        {form === "sign_in" ? (
          <SignIn path="/sign-in" forceRedirectUrl={to} signUpForceRedirectUrl={to} />
        ) : (
          <UserProfile routing="hash" />
        )}
      </ClerkLoaded>
    </>
  );
}
