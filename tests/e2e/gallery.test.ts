import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { LOCALES, type Locale } from "#app/locales/locale.ts";
import { stateNames } from "#app/panel/gallery/gallery-states.ts";
import { launchBrowser } from "../setup/browser.ts";
import { accessibleTree } from "./support/accessible.ts";
import { expectPicture } from "./support/expect-picture.ts";
import { lookOf } from "./support/look-of.ts";
import { faultsOfFocus, faultsOfLayout } from "./support/measure-state.ts";
import { GALLERY_NOW, SHOWN, showState, startGallery } from "./support/start-gallery.ts";

const WIDE = { width: 1280, height: 900 };
/** The same window at 200 percent. */
const ZOOMED = { width: 640, height: 450 };
const NARROW = { width: 320, height: 640 };
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
  const wide = await treeOf(page);
  await expect(wide).toMatchFileSnapshot(`__snapshots__/gallery/${name}.${locale}.txt`);
  if (locale === "en") return;
  await resize(page, { width: 360, height: 900 });
  expect(await treeOf(page)).toBe(wide);
  await resize(page, WIDE);
});

it.each(stateNames)(
  "%s has no accessibility faults, light and dark, fits 320 px and a zoom of 200 percent, and does not move",
  async (name) => {
    const page = pageIn("de");
    await showState(page, name, "de");
    await resize(page, ZOOMED);
    expect(await faultsOfLayout(page, SHOWN)).toEqual([]);
    await resize(page, NARROW);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectForEverybody(page, ["color-contrast", "target-size"]);
    await page.emulateMedia({ colorScheme: "light" });
    await resize(page, WIDE);
    await expectForEverybody(page);
  },
);

it("What is unfolded in an opened row, and what is left of a removed one, is for everybody too", async () => {
  const page = pageIn("de");
  const press = (role: "button" | "link", name: string) =>
    page.getByRole(role, { name, exact: true }).click();
  await resize(page, NARROW);
  await showState(page, "opened-failed", "de");
  await page.getByText("Technische Einzelheiten").click();
  await press("button", "Im Protokoll suchen");
  await page.keyboard.type("e");
  await page.getByRole("button", { name: "Einzelheiten der Zeile" }).first().click();
  await press("button", "Rückmeldungen");
  await page.getByRole("region", { name: "Rückmeldungen" }).getByRole("listitem").first().waitFor();
  await expectForEverybody(page);
  await showState(page, "linked", "de");
  await press("button", "Text ansehen");
  await page.getByRole("button", { name: "Text schließen" }).waitFor();
  await expectForEverybody(page);
  await showState(page, "opened-completed", "de");
  await press("button", "Entfernen");
  await page.getByRole("button", { name: "Rückgängig" }).waitFor();
  await expectForEverybody(page);
  await page.mouse.move(0, 0);
  await resize(page, WIDE);
});

it.each(PICTURED)("%s looks as it was recorded, at 360, 420 and 1280 px, light and dark", async (name) => {
  const page = pageIn("de");
  await showState(page, name, "de");
  const looks: string[] = [];
  for (const width of [360, 420, 1280]) {
    await resize(page, { width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectPicture(`gallery-${name}-${width}-${colorScheme}.png`, page, blank);
      // Only the list has no text that another font would break elsewhere, and so is placed by the pixel.
      if (width === 420) looks.push(`${colorScheme}\n${await lookOf(page, SHOWN, name === "list")}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await resize(page, WIDE);
  await expect(alwaysSame(looks.join("\n"))).toMatchFileSnapshot(`__snapshots__/look/${name}.txt`);
});

it.each([
  ["a status in another colour", "[data-sheet] .text-run { color: #b4232c }"],
  ["a row that lies 2 px lower", "li:nth-child(3) { padding-top: 2px }"],
  ["a bar that is 1 px higher", "[role=progressbar] { height: 5px }"],
  ["a title that is bolder", "[data-row] span { font-weight: 700 }"],
])("A look in words tells %s", async (_, rules) => {
  const page = pageIn("de");
  await showState(page, "list", "de");
  const before = await lookOf(page, SHOWN, true);
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }, rules);
  const after = await lookOf(page, SHOWN, true);
  await page.evaluate(() => void document.adoptedStyleSheets.pop());
  expect(after).not.toBe(before);
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

/** What a screen reader meets; the announcer, which is silent, moves with the width. */
async function treeOf(page: Page): Promise<string> {
  const tree = await accessibleTree(page.locator(SHOWN));
  return alwaysSame(tree.replaceAll(/^ *- (status|paragraph)\n/gm, ""));
}

/** Without what differs from run to run: the pause before the next try, and the port. */
function alwaysSame(text: string): string {
  return text.replaceAll(/\bin \d+(\s)s\b/g, "in n$1s").replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:<port>");
}

/** Resolves when the page stands as it will. */
async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let frame = 0; frame < 3; frame++) await nextFrame();
  });
}

/** Nothing of the state as it stands keeps anybody from using it, by all rules of axe or by `rules`. */
async function expectForEverybody(page: Page, rules?: string[]): Promise<void> {
  expect(await faultsOf(page, rules)).toEqual([]);
  expect(await faultsOfLayout(page, SHOWN)).toEqual([]);
  expect(await faultsOfFocus(page, SHOWN)).toEqual([]);
}

/** What axe finds in the state, the size of targets included. */
async function faultsOf(page: Page, only?: string[]): Promise<unknown[]> {
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(axe.source);
  return page.evaluate(
    async ([shown, rules]) => {
      const { run } = (window as unknown as { axe: typeof axe }).axe;
      const options = rules
        ? { runOnly: { type: "rule" as const, values: rules } }
        : { rules: { "target-size": { enabled: true } } };
      const { violations } = await run({ include: [shown] }, { ...options, resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
    },
    [SHOWN, only] as const,
  );
}
