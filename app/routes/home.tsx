import { data, type ShouldRevalidateFunctionArgs } from "react-router";
import { startPageTexts } from "#app/locales/start-page.ts";
import { StartPage } from "#app/panel/start-page.tsx";
import { readForPage } from "#app/server/http/read-for-page.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/home.ts";
import { requestLocale } from "./request-locale.ts";

/** The texts of the page in the reader's language, so that no browser loads them in every one. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const read = await readForPage(() => requireUser(request, context.get(servicesContext)));
  const shown = { start: startPageTexts[requestLocale(request)] };
  return "problem" in read ? data(shown, { status: read.status }) : data(shown);
}

/** They change with the language alone; where the reader changes that, everything is asked for anew. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs): boolean {
  return currentUrl.href === nextUrl.href;
}

/** The start page: how to report a job. */
export default function Home({ loaderData }: Route.ComponentProps) {
  return <StartPage start={loaderData.start} />;
}
