import { ClerkFailed, ClerkLoaded, ClerkLoading, SignIn, UserProfile } from "@clerk/react-router";
import { Button } from "#app/components/ui/button.tsx";
import { signInTexts } from "#app/locales/sign-in.ts";
import { useSignIn } from "../sign-in-context.tsx";

export type ClerkFormProps = {
  /** `account` for somebody who is signed in and has to verify an address first. */
  form: "sign_in" | "account";
  /** The path to go on to. */
  to: string;
};

/** Clerk's form, or what there is to say while it is not there. */
export default function ClerkForm({ form, to }: ClerkFormProps) {
  const texts = signInTexts[useSignIn().locale];
  return (
    <>
      <ClerkLoading>
        <p className="text-muted">{texts.loading}</p>
      </ClerkLoading>
      <ClerkFailed>
        <p role="alert">{texts.failed}</p>
        <Button onClick={() => location.reload()}>{texts.retry}</Button>
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
