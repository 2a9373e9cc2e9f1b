import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { LOCALES, type Locale } from "#app/locales/locale.ts";
import { signInTexts } from "#app/locales/sign-in.ts";
import { words } from "#app/locales/words.ts";
import { GalleryPanel } from "./gallery/gallery-panel.tsx";
import { type GalleryState, galleryStates, type StateName, stateNames } from "./gallery/gallery-states.ts";

const NOW = Date.parse("2026-11-23T13:21:14Z");

test.each(LOCALES)("The server renders every state of the gallery (%s)", (locale) => {
  for (const name of stateNames) {
    const html = render(name, locale);
    const { jobs, filter, list, page }: GalleryState = galleryStates[name];
    if (page !== undefined) {
      const { title, noEmail } = signInTexts[locale];
      expect(html).toContain(page === "verify-email" ? noEmail.title : title);
    } else if (list === undefined && jobs.length === 0) {
      expect(html).toContain("curl http://127.0.0.1:4500/api/external/jobs");
    } else if (list === undefined && filter === undefined) {
      expect(html).toContain(words[locale].status.failed);
    }
  }
});

test("The first HTML already says what each job is doing, in the reader's language and time zone", () => {
  const html = render("list", "de");
  for (const text of ["interview-mayer.m4a", "Keine Rückmeldung seit", "vor 18 Min.", "12:57", "Gestern"])
    expect(html).toContain(text);
});

test("Progress that is not known has no value", () => {
  const bars = render("list", "en").match(/<div[^>]*role="progressbar"[^>]*>/g) ?? [];
  expect(bars.map((bar) => /valuenow="(\d+)"/.exec(bar)?.[1])).toEqual(["40", undefined, "80", "87"]);
  expect(bars[1]).toContain('aria-valuetext="progress unknown"');
});

test("A title of a worker is text, whatever it looks like", () => {
  const html = render("hostile", "de");
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(html).not.toContain("<img");
});

function render(name: StateName, locale: Locale): string {
  const surroundings = { now: NOW, locale, timeZone: "Europe/Berlin", origin: "http://127.0.0.1:4500" };
  return renderToString(<GalleryPanel name={name} surroundings={surroundings} />);
}
