import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { jobDetailSchema, jobPageSchema } from "#app/contract/http.ts";
import { LOCALES, type Locale } from "#app/locales/locale.ts";
import { words } from "#app/locales/words.ts";
import { type GalleryState, galleryStates, recordedPage } from "./gallery/gallery-states.ts";
import { recordedDetail } from "./gallery/recorded-details.ts";
import { recordedJobs } from "./gallery/recorded-jobs.ts";
import { PanelPage } from "./panel-page.tsx";

const NOW = Date.parse("2026-11-23T13:21:14Z");
const states = Object.keys(galleryStates) as GalleryState[];

test.each(LOCALES)("The server renders every state of the gallery (%s)", (locale) => {
  for (const state of states) {
    const html = render(state, locale);
    if (state === "empty") expect(html).toContain("curl http://127.0.0.1:4500/api/external/jobs");
    else expect(html).toContain(words[locale].status.failed);
  }
});

test("The first HTML already says what each job is doing, in the reader's language and time zone", () => {
  const html = render("list", "de");
  for (const text of ["interview-mayer.m4a", "Keine Rückmeldung seit", "vor 18 Min.", "12:57", "Gestern"])
    expect(html).toContain(text);
});

test("Progress that is not known has no value", () => {
  const bars = render("list", "en").match(/<progress[^>]*>/g) ?? [];
  expect(bars.map((bar) => /value="(\d+)"/.exec(bar)?.[1])).toEqual(["42", undefined, "50", "95"]);
  expect(bars[1]).toContain('aria-valuetext="progress unknown"');
});

test("A title of a worker is text, whatever it looks like", () => {
  const [job] = recordedJobs(NOW, "de");
  const title = "<img src=x onerror=alert(1)> & Söhne.pdf";
  const page = { ...recordedPage("list", NOW, "de"), items: job === undefined ? [] : [{ ...job, title }] };
  expect(renderPage(page, "de")).not.toContain("<img");
});

test("The recordings are what the server could send", () => {
  const decode = (locale: Locale) => {
    for (const state of states) jobPageSchema.parse(recordedPage(state, NOW, locale));
    for (const job of recordedJobs(NOW, locale)) jobDetailSchema.parse(recordedDetail(job, locale));
  };
  for (const locale of LOCALES) expect(() => decode(locale)).not.toThrow();
});

function render(state: GalleryState, locale: Locale): string {
  return renderPage(recordedPage(state, NOW, locale), locale, galleryStates[state]);
}

function renderPage(
  page: ReturnType<typeof recordedPage>,
  locale: Locale,
  { open }: { open?: string } = {},
): string {
  const surroundings = { now: NOW, locale, timeZone: "Europe/Berlin", origin: "http://127.0.0.1:4500" };
  return renderToString(
    <PanelPage page={page} surroundings={surroundings} {...(open === undefined ? {} : { openJob: open })} />,
  );
}
