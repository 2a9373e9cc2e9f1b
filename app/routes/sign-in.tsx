import { lazy, Suspense } from "react";
import { redirect } from "react-router";
import { SignInLoading, SignInPage } from "#app/components/sign-in/sign-in-page.tsx";
import { signInTexts } from "#app/locales/sign-in.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/sign-in.ts";
import { requestLocale } from "./request-locale.ts";

const ClerkForm = lazy(() => import("#app/components/sign-in/clerk/clerk-form.tsx"));

/**
 * `/sign-in?to=<path>`: where people sign in, then go on to a path of ours. Somebody who is signed in goes on at once,
 * unless the account has no verified e-mail address. 404 where somebody else signs people in, or nobody.
 */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { authenticator } = context.get(servicesContext);
  if (authenticator.signInPath === undefined) throw new Response(null, { status: 404 });
  const to = pathOfOurs(new URL(request.url).searchParams.get("to"));
  const { kind } = await authenticator.authenticate(request);
  if (kind === "user") throw redirect(to);
  return { to, locale: requestLocale(request), lacksEmail: kind === "no_email" };
}

export function headers() {
  return { "Cache-Control": "private, no-store", Vary: "Accept-Language, Cookie" };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: `${signInTexts[loaderData?.locale ?? "de"].title} · jobmon` }];
}

export default function SignIn({ loaderData: { to, locale, lacksEmail } }: Route.ComponentProps) {
  return (
    <SignInPage locale={locale} lacksEmail={lacksEmail} to={to}>
      <Suspense fallback={<SignInLoading locale={locale} />}>
        <ClerkForm form={lacksEmail ? "account" : "sign_in"} to={to} />
      </Suspense>
    </SignInPage>
  );
}

/** A path below our own origin, whatever was asked for. */
function pathOfOurs(wanted: string | null): string {
  const base = "http://jobmon.invalid";
  if (wanted === null || !URL.canParse(wanted, base)) return "/";
  const { origin, pathname, search } = new URL(wanted, base);
  return origin === base && !pathname.startsWith("//") ? `${pathname}${search}` : "/";
}
