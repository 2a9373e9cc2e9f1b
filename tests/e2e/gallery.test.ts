import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { LOCALES, type Locale } from "#app/locales/locale.ts";
import { stateNames } from "#app/panel/gallery/gallery-states.ts";
import { launchBrowser } from "../setup/browser.ts";
import { accessibleTree } from "./support/accessible.ts";
import { expectPicture } from "./support/expect-picture.ts";
import { GALLERY_NOW, SHOWN, showState, startGallery } from "./support/start-gallery.ts";

const WIDE = { width: 1280, height: 900 };
/** Of the states those whose pictures tell most apart. */
const PICTURED = [
  "list",
  "first-use",
  "opened-running",
  "opened-failed",
  "offline",
  "settings",
  "help",
  "user-menu",
  "signed-out",
  "sign-in",
  "sign-in-failed",
  "verify-email",
] as const;

let gallery: Awaited<ReturnType<typeof startGallery>>;
let browser: Browser;
let blank: Page;
const pages = new Map<Locale, Page>();
let complaints: string[] = [];

beforeAll(async () => {
  [gallery, browser] = await Promise.all([startGallery(), launchBrowser()]);
  blank = await browser.newPage();
  for (const locale of LOCALES) pages.set(locale, await open(locale));
});
afterEach(() => {
  const said = complaints;
  complaints = [];
  expect(said, "what the browser complained about").toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await gallery?.[Symbol.asyncDispose]();
});

const states = stateNames.flatMap((name) => LOCALES.map((locale) => ({ name, locale })));

it.each(states)("$name is read out as it was recorded ($locale)", async ({ name, locale }) => {
  const page = pageIn(locale);
  await showState(page, name, locale);
  const tree = await accessibleTree(page.locator(SHOWN));
  const lasting = tree
    .replaceAll(/\bin \d+ s\b/g, "in n s")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:<port>");
  await expect(lasting).toMatchFileSnapshot(`__snapshots__/gallery/${name}.${locale}.txt`);
});

it.each(stateNames)(
  "%s has no accessibility faults, light and dark, and fits 320 px and a zoom of 200 percent",
  async (name) => {
    const page = pageIn("de");
    await showState(page, name, "de");
    expect(await faultsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await faultsOf(page, ["color-contrast"])).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
    for (const width of [320, 640]) {
      await resize(page, { width, height: 640 });
      expect(await overflowOf(page)).toEqual([]);
    }
    await resize(page, WIDE);
  },
);

it.each(PICTURED)("%s looks as it was recorded, at 360, 420 and 1280 px, light and dark", async (name) => {
  const page = pageIn("de");
  await showState(page, name, "de");
  for (const width of [360, 420, 1280]) {
    await resize(page, { width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectPicture(`gallery-${name}-${width}-${colorScheme}.png`, page, blank);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await resize(page, WIDE);
});

it("Colours that a reader forces leave every sign", async () => {
  const page = pageIn("de");
  await showState(page, "list", "de");
  await resize(page, { width: 420, height: 900 });
  await page.emulateMedia({ forcedColors: "active" });
  await expectPicture("gallery-list-forced-colors.png", page, blank);
  await page.emulateMedia({ forcedColors: "none" });
  await resize(page, WIDE);
});

it("Nothing moves where a reader wants no motion", async () => {
  const page = pageIn("de");
  await showState(page, "opened-running", "de");
  const moving = () =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length);
  expect(await moving()).toBe(0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await expect.poll(moving).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: "reduce" });
});

it("Nothing had to be loaded twice because Vite had not known of a dependency", () => {
  expect(gallery.said()).not.toMatch(/new dependencies|reloading/);
});

async function open(locale: Locale): Promise<Page> {
  const page = await browser.newPage({
    viewport: WIDE,
    locale,
    timezoneId: "Europe/Berlin",
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  await page.clock.setFixedTime(GALLERY_NOW);
  await page.goto(gallery.url);
  await page.waitForFunction(() => "__reactRouterDataRouter" in window, null, { timeout: 60_000 });
  await page.locator("[data-sheet]").waitFor();
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  return page;
}

function pageIn(locale: Locale): Page {
  const page = pages.get(locale);
  if (page === undefined) throw new Error("the pages are opened before the first test");
  return page;
}

/** Resolves when the page stands as it will. */
async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let frame = 0; frame < 3; frame++) await nextFrame();
  });
}

/** What axe finds in the panel, the size of targets included; `only` some rules. */
async function faultsOf(page: Page, only?: string[]): Promise<unknown[]> {
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(axe.source);
  const violations = await page.evaluate(
    async ([shown, rules]) => {
      const { run } = (window as unknown as { axe: typeof axe }).axe;
      const options = rules
        ? { runOnly: { type: "rule" as const, values: rules } }
        : { rules: { "target-size": { enabled: true } } };
      const found = await run({ include: [shown] }, options);
      return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
    },
    [SHOWN, only] as const,
  );
  return violations;
}

/** What is wider than its place. */
function overflowOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("[data-sheet], [data-page], [data-scroller]")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(
        ({ scrollWidth, clientWidth, outerHTML }) =>
          `${scrollWidth} > ${clientWidth}: ${outerHTML.slice(0, 80)}`,
      ),
  );
}
