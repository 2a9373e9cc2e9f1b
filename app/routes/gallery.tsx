import { Link, type LoaderFunctionArgs, useLoaderData, useSearchParams } from "react-router";
import { LOCALES } from "#app/locales/locale.ts";
import { startPageTexts } from "#app/locales/start-page.ts";
import { GalleryPanel } from "#app/panel/gallery/gallery-panel.tsx";
import { readState, stateNames } from "#app/panel/gallery/gallery-states.ts";
import { StartPage } from "#app/panel/start-page.tsx";
import { requestLocale } from "./request-locale.ts";

/**
 * `/dev/gallery?state=…&theme=light|dark&lang=de|en&now=<instant>`: every state of the panel from recorded callbacks, with
 * `npm run dev` only; a built server has no such address. With `bare` the start page stands in the place of the choice.
 */
export function loader({ request }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams;
  const now = Date.parse(query.get("now") ?? "") || Date.now();
  const timeZone = query.get("zone") ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { origin } = new URL(request.url);
  return {
    name: readState(query.get("state")),
    surroundings: { now, locale: requestLocale(request), timeZone, origin },
  };
}

export default function Gallery() {
  const { name, surroundings } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  return (
    <div
      data-gallery={query.toString()}
      className="min-h-dvh bg-page text-text"
      style={{ colorScheme: query.get("theme") ?? "inherit" }}
    >
      <GalleryPanel key={query.toString()} name={name} surroundings={surroundings}>
        {query.has("bare") ? (
          <StartPage start={startPageTexts[surroundings.locale]} />
        ) : (
          <nav className="grid gap-2 p-8">
            <Choice name="state" values={stateNames} />
            <Choice name="theme" values={["light", "dark"]} />
            <Choice name="lang" values={LOCALES} />
          </nav>
        )}
      </GalleryPanel>
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
        <Link
          key={value}
          to={change(value)}
          className={query.get(name) === value ? "" : "underline"}
          aria-current={query.get(name) === value}
        >
          {value}
        </Link>
      ))}
    </p>
  );
}
