import { useMemo } from "react";
import { type LoaderFunctionArgs, useLoaderData, useSearchParams } from "react-router";
import { LOCALES } from "#app/locales/locale.ts";
import { galleryStates, readState, recordedPage } from "#app/panel/gallery/gallery-states.ts";
import { createRecordedFetch } from "#app/panel/gallery/recorded-fetch.ts";
import { PanelPage } from "#app/panel/panel-page.tsx";
import { requireUser } from "#app/server/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import { requestLocale } from "./request-locale.ts";

/**
 * `/gallery?state=…&theme=light|dark&lang=de|en&now=<instant>`: every state of the panel from recorded data, with
 * `npm run dev` only; a built server answers 404.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context.get(servicesContext));
  if (!import.meta.env.DEV) throw new Response(null, { status: 404 });
  const query = new URL(request.url).searchParams;
  const state = readState(query.get("state"));
  const locale = requestLocale(request);
  const now = Date.parse(query.get("now") ?? "") || Date.now();
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const surroundings = { now, locale, timeZone, origin: new URL(request.url).origin };
  return { state, surroundings, page: recordedPage(state, now, locale) };
}

export default function Gallery() {
  const { state, surroundings, page } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const { now, locale } = surroundings;
  const recorded = useMemo(() => createRecordedFetch(state, now, locale), [state, now, locale]);
  const { open } = { open: undefined, ...galleryStates[state] };
  return (
    <div className="min-h-dvh bg-page text-text" style={{ colorScheme: query.get("theme") ?? "inherit" }}>
      <PanelPage
        key={query.toString()}
        page={page}
        surroundings={surroundings}
        fetch={recorded}
        {...(open === undefined ? {} : { openJob: open })}
      >
        <nav className="grid gap-2">
          <Choice name="state" values={Object.keys(galleryStates)} />
          <Choice name="theme" values={["light", "dark"]} />
          <Choice name="lang" values={LOCALES} />
        </nav>
      </PanelPage>
    </div>
  );
}

function Choice({ name, values }: { name: string; values: readonly string[] }) {
  const [query] = useSearchParams();
  const change = (value: string): string =>
    `?${new URLSearchParams({ ...Object.fromEntries(query), [name]: value })}`;
  return (
    <p className="flex flex-wrap gap-3">
      {values.map((value) => (
        <a
          key={value}
          href={change(value)}
          className="underline aria-[current=true]:no-underline"
          aria-current={query.get(name) === value}
        >
          {value}
        </a>
      ))}
    </p>
  );
}
