import type { Locale } from "#app/locales/locale.ts";
import { recordedDetail } from "./recorded-details.ts";
import { type GalleryState, recordedPage } from "./gallery-states.ts";

/**
 * A server made of recordings, as a `fetch`: the panel of the gallery is the real one down to the wire. `loading`
 * never answers, `broken` answers 503, `offline` does not answer at all.
 */
export function createRecordedFetch(state: GalleryState, now: number, locale: Locale): typeof fetch {
  const { items } = recordedPage(state, now, locale);

  return async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    const name = pathname.split("/").at(-1);
    if (state === "offline") throw new TypeError("Failed to fetch");
    if (name === "stream") return stream(init?.signal ?? undefined);
    if (state === "loading") return new Promise<Response>(() => {});
    const job = items.find(({ jobId }) => jobId === name);
    if (state === "broken" || job === undefined) return unavailable();
    return Response.json(recordedDetail(job, locale));
  };
}

/** A stream that says `ready` and stays open. */
function stream(signal: AbortSignal | undefined): Response {
  const body = new ReadableStream({
    start(controller) {
      const ready = 'event: ready\ndata: {"head":"gallery.1"}\n\n';
      controller.enqueue(new TextEncoder().encode(ready));
      signal?.addEventListener("abort", () => controller.close());
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

function unavailable(): Response {
  const error = { code: "unavailable", message: "the repository is not available" };
  return Response.json({ error }, { status: 503 });
}
