import { isRouteErrorResponse } from "react-router";
import { NO_SUCH_JOB, ProblemPage } from "#app/components/problem-page.tsx";
import { detailQuerySchema } from "#app/contract/http.ts";
import { JobPage } from "#app/panel/detail/job-page.tsx";
import { usePanel } from "#app/panel/panel-context.tsx";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/job.ts";

/** One of the user's jobs in full. Somebody else's job is as unknown as none. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const user = await requireUser(request, services);
  const detail = await services.jobDetail(user, params.jobId, detailQuerySchema.parse({}));
  if (detail === undefined) throw new Response(NO_SUCH_JOB, { status: 404 });
  return { detail };
}

/** Somebody's own job: no cache on the way keeps it, the browser asks again. */
export function headers() {
  return { "Cache-Control": "private, no-cache", Vary: "Accept-Language, Cookie" };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return loaderData === undefined ? [] : [{ title: `${loaderData.detail.title} · jobmon` }];
}

/** A job on its own address: for a link in a notification, a terminal or a mail. */
export default function Job({ loaderData: { detail } }: Route.ComponentProps) {
  return <JobPage key={detail.jobId} detail={detail} />;
}

/** The panel beside it stays: another job is one press away. */
export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const { locale } = usePanel();
  const { status, data } = isRouteErrorResponse(error) ? error : { status: 500, data: undefined };
  return <ProblemPage status={status} locale={locale} data={data} />;
}
