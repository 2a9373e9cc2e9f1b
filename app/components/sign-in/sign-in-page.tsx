import type { ReactNode } from "react";
import { Mark } from "#app/components/mark.tsx";
import { Button } from "#app/components/ui/button.tsx";
import type { Locale } from "#app/locales/locale.ts";
import { signInTexts } from "#app/locales/sign-in.ts";

export type SignInPageProps = {
  locale: Locale;
  /** Somebody is signed in whose account has no verified address. */
  lacksEmail: boolean;
  /** The path to go on to. */
  to: string;
  /** The provider's form, or what stands in its place. */
  children: ReactNode;
};

/** Where people sign in, around the form of whoever signs them in. */
export function SignInPage({ locale, lacksEmail, to, children }: SignInPageProps) {
  const texts = signInTexts[locale];
  return (
    <main className="mx-auto grid min-h-dvh max-w-105 content-center justify-items-start gap-3 bg-page p-8 text-pretty">
      <Mark />
      <h1 className="text-lg font-semibold tracking-[-0.011em]">
        {lacksEmail ? texts.noEmail.title : texts.title}
      </h1>
      <p className="text-muted">{lacksEmail ? texts.noEmail.text : texts.intro}</p>
      {lacksEmail && <p>{texts.noEmail.todo}</p>}
      {children}
      {lacksEmail && (
        <a href={to} className="inline-flex min-h-6 items-center font-medium underline">
          {texts.noEmail.proceed}
        </a>
      )}
    </main>
  );
}

/** The form is on its way. */
export function SignInLoading({ locale }: { locale: Locale }) {
  return <p className="text-muted">{signInTexts[locale].loading}</p>;
}

/** The form cannot be had. */
export function SignInFailed({ locale }: { locale: Locale }) {
  const { failed, retry } = signInTexts[locale];
  return (
    <>
      <p role="alert">{failed}</p>
      <Button onClick={() => location.reload()}>{retry}</Button>
    </>
  );
}
