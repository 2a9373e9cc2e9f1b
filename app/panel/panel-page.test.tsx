import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { LOCALES, type Locale } from "#app/locales/locale.ts";
import { detailTexts } from "#app/locales/detail.ts";
import { problems } from "#app/locales/problems.ts";
import { startPageTexts } from "#app/locales/start-page.ts";
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
      expect(html).toContain(titleOf(page, locale));
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

test("The list has one polite voice and one urgent one; what moves in it is no live region", () => {
  const html = render("list", "de");
  expect(html.match(/<output|role="(status|alert|log)"|aria-live="\w+"/g)).toEqual([
    "<output",
    'aria-live="assertive"',
  ]);
});

test("A title of a worker is text, whatever it looks like", () => {
  const html = render("hostile", "de");
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(html).not.toContain("<img");
});

function titleOf(page: NonNullable<GalleryState["page"]>, locale: Locale): string {
  const signIn = signInTexts[locale];
  return {
    "sign-in": signIn.title,
    "sign-in-failed": signIn.title,
    "verify-email": signIn.noEmail.title,
    "no-such-job": problems[locale].noSuchJob.title,
    start: startPageTexts[locale].report,
    job: detailTexts[locale].facts.jobId,
  }[page];
}

function render(name: StateName, locale: Locale): string {
  const surroundings = { now: NOW, locale, timeZone: "Europe/Berlin", origin: "http://127.0.0.1:4500" };
  return renderToString(<GalleryPanel name={name} surroundings={surroundings} />);
}
