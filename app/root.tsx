import type { ReactNode } from "react";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteLoaderData,
} from "react-router";
import type { Route } from "./+types/root.ts";
import "./app.css";
import { ProblemPage } from "#app/components/problem-page.tsx";
import favicon from "#app/components/favicon.svg";
import { requestLocale } from "#app/routes/request-locale.ts";

/** The reader's language, for the document. */
export function loader({ request }: Route.LoaderArgs) {
  return { locale: requestLocale(request) };
}

export function links() {
  return [{ rel: "icon", type: "image/svg+xml", href: favicon }];
}

/** The document around every page, also around one that failed. */
export function Layout({ children }: { children: ReactNode }) {
  const locale = useRouteLoaderData<typeof loader>("root")?.locale ?? "de";
  return (
    <html lang={locale}>
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

export default function Root() {
  return <Outlet />;
}

/** Every page that could not be shown ends here: what happened, and what to do. */
export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const locale = useRouteLoaderData<typeof loader>("root")?.locale;
  const { status, data } = isRouteErrorResponse(error) ? error : { status: 500, data: undefined };
  return <ProblemPage status={status} locale={locale} data={data} />;
}
