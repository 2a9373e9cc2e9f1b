import { useState } from "react";
import {
  data,
  isRouteErrorResponse,
  Outlet,
  type ShouldRevalidateFunctionArgs,
  useSearchParams,
} from "react-router";
import { listQuerySchema } from "#app/contract/http.ts";
import { jobSummarySchema } from "#app/contract/job.ts";
import { panelTexts } from "#app/locales/panel.ts";
import { readFilter } from "#app/panel/list-address.ts";
import { usePanelAddress } from "#app/panel/use-panel-address.ts";
import { PanelPage } from "#app/panel/panel-page.tsx";
import { type Preferences, readPreferences } from "#app/contract/preferences.ts";
import { readForPage } from "#app/server/http/read-for-page.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/with-panel.ts";
import { requestLocale } from "./request-locale.ts";

/** The first page of what the address asks for, and what the first HTML is made from besides. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const query = new URL(request.url).searchParams;
  const filter = readFilter(query);
  const openJob = query.get("job") ?? undefined;
  const preferences = readPreferences(request.headers.get("Cookie"));

  const read = await readForPage(async () => {
    const user = await requireUser(request, services);
    const page = await services.listJobs(user, { ...listQuerySchema.parse({}), ...filter });
    if (openJob === undefined || page.items.some(({ jobId }) => jobId === openJob)) return { page };
    const detail = await services.jobDetail(user, openJob, { limit: 1, deliveries: 0 });
    return { page, linked: detail === undefined ? null : jobSummarySchema.parse(detail) };
  });
  const shown = {
    filter,
    openJob,
    isOpen: isPanelOpen({ panel: query.get("panel"), openJob, preferences, isJobPage: "jobId" in params }),
    preferences,
    surroundings: {
      now: Date.now(),
      locale: requestLocale(request),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      origin: new URL(request.url).origin,
    },
  };
  if ("problem" in read) return data({ ...shown, list: read.problem }, { status: read.status });
  return data({ ...shown, list: read.found.page, linked: read.found.linked });
}

/**
 * The address decides, then an open row, which is in the panel, then how the reader left it. A job on a page of its own
 * is what its reader came for: there the panel is closed at first.
 */
function isPanelOpen(asked: {
  panel: string | null;
  openJob: string | undefined;
  preferences: Preferences;
  isJobPage: boolean;
}): boolean {
  if (asked.panel === "open" || asked.panel === "closed") return asked.panel === "open";
  if (asked.openJob !== undefined) return true;
  return !asked.isJobPage && asked.preferences.panel === "open";
}

/** A server that is out of reach takes nothing away that is shown: the filter is then applied to what is known. */
export async function clientLoader({ request, serverLoader }: Route.ClientLoaderArgs) {
  try {
    return await serverLoader();
  } catch (error) {
    const isAway = error instanceof TypeError || (isRouteErrorResponse(error) && error.status >= 500);
    if (!isAway) throw error;
    return { filter: readFilter(new URL(request.url).searchParams), list: "unreachable" as const };
  }
}

/** Only another filter, or somebody who asks, makes the list be read anew: all else the stream tells. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs): boolean {
  const isAsked = currentUrl.href === nextUrl.href;
  return (
    isAsked ||
    ["status", "q"].some((name) => currentUrl.searchParams.get(name) !== nextUrl.searchParams.get(name))
  );
}

/** Somebody's own jobs: no cache on the way keeps them, the browser asks again. */
export function headers() {
  return { "Cache-Control": "private, no-cache", Vary: "Accept-Language, Cookie" };
}

export function meta({ loaderData }: Route.MetaArgs) {
  const locale = loaderData && "surroundings" in loaderData ? loaderData.surroundings.locale : "de";
  return [{ title: `${panelTexts[locale].title} · jobmon` }];
}

/** Every page that has the panel at its right; it stays as it is from one to the next. */
export default function WithPanel({ loaderData }: Route.ComponentProps) {
  const address = usePanelAddress();
  const [query] = useSearchParams();
  const [answered, setAnswered] = useState(loaderData);
  if (loaderData !== answered && "surroundings" in loaderData) setAnswered(loaderData);
  if (!("surroundings" in answered)) throw new Error("the first page comes from the server");
  return (
    <PanelPage {...answered} {...loaderData} openJob={query.get("job") ?? undefined} address={address}>
      <Outlet />
    </PanelPage>
  );
}
