import { lazy, type ReactNode } from "react";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useRouteLoaderData,
} from "react-router";
import type { Route } from "./+types/root.ts";
import "./app.css";
import { readPreferences } from "#app/contract/preferences.ts";
import { WordlessProblem } from "#app/components/wordless-problem.tsx";
import { SignInShell } from "#app/components/sign-in/sign-in-shell.tsx";
import favicon from "#app/components/favicon.svg?no-inline";
import { requestLocale } from "#app/routes/request-locale.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import { signInState } from "#app/server/sign-in/sign-in-state.server.ts";

/**
 * The reader's language and look, for the document: there at once, so that nothing changes before their eyes; and who
 * the reader is.
 */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { authenticator } = context.get(servicesContext);
  const { theme } = readPreferences(request.headers.get("Cookie"));
  return {
    locale: requestLocale(request),
    theme,
    signIn: await signInState({ request, context }, authenticator),
  };
}

/** None changes with the address, but with the sign-in; where the reader changes one, everything is asked for anew. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs): boolean {
  return currentUrl.href === nextUrl.href || currentUrl.pathname.startsWith("/sign-in");
}

export function links() {
  return [{ rel: "icon", type: "image/svg+xml", href: favicon }];
}

/** The document around every page, also around one that failed. */
export function Layout({ children }: { children: ReactNode }) {
  const { locale, theme } = useRouteLoaderData<typeof loader>("root") ?? { locale: "de", theme: "system" };
  return (
    <html lang={locale} data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root({ loaderData: { signIn, locale } }: Route.ComponentProps) {
  return (
    <SignInShell signIn={signIn} locale={locale}>
      <Outlet />
    </SignInShell>
  );
}

/**
 * Most readers never see it. Without a server to have it from, what is known without it stands in its place. Nothing
 * else does meanwhile: what was there before stays until it can be replaced.
 */
const ProblemPage = lazy(() =>
  import("#app/components/problem-page.tsx").then(
    (problem) => ({ default: problem.ProblemPage }),
    () => ({ default: WordlessProblem }),
  ),
);

/** Every page that could not be shown ends here: what happened, and what to do. */
export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const locale = useRouteLoaderData<typeof loader>("root")?.locale;
  const { status, data } = isRouteErrorResponse(error) ? error : { status: 500, data: undefined };
  return <ProblemPage status={status} locale={locale} data={data} />;
}
