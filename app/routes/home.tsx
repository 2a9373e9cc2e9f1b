import type { ShouldRevalidateFunctionArgs } from "react-router";
import { startPageTexts } from "#app/locales/start-page.ts";
import { StartPage } from "#app/panel/start-page.tsx";
import type { Route } from "./+types/home.ts";
import { requestLocale } from "./request-locale.ts";

/** The texts of the page in the reader's language, so that no browser loads them in every one. */
export function loader({ request }: Route.LoaderArgs) {
  return { start: startPageTexts[requestLocale(request)] };
}

/** They change with the language alone; where the reader changes that, everything is asked for anew. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs): boolean {
  return currentUrl.href === nextUrl.href;
}

/** The start page: how to report a job. */
export default function Home({ loaderData }: Route.ComponentProps) {
  return <StartPage start={loaderData.start} />;
}
