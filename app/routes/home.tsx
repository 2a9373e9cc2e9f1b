import { listQuerySchema } from "#app/contract/http.ts";
import { panelTexts } from "#app/locales/panel.ts";
import { PanelPage } from "#app/panel/panel-page.tsx";
import { requireUser } from "#app/server/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/home.ts";
import { requestLocale } from "./request-locale.ts";

/** The first page of the user's jobs, and what the first HTML is made from besides. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const user = await requireUser(request, services);
  return {
    page: await services.listJobs(user, listQuerySchema.parse({})),
    now: Date.now(),
    locale: requestLocale(request),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    origin: new URL(request.url).origin,
  };
}

/** Somebody's own jobs: no cache on the way keeps them, the browser asks again. */
export function headers() {
  return { "Cache-Control": "private, no-cache", Vary: "Accept-Language, Cookie" };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: `${panelTexts[loaderData?.locale ?? "de"].title} · jobmon` }];
}

/** The start page, with the panel at its right. */
export default function Home({ loaderData: { page, ...surroundings } }: Route.ComponentProps) {
  return <PanelPage page={page} surroundings={surroundings} />;
}
