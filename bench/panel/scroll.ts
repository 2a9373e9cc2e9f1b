import type { Browser, Page } from "playwright-core";
import { startServer } from "../../tests/e2e/support/start-server.ts";
import { registerJobs } from "../ingest/jobs.ts";
import type { Goal } from "../measure/goal.ts";
import { showBareList } from "./bare-rows.ts";
import { frameGoals, printFrames, type Watched, watchFrames } from "./frames.ts";
import { traceWhile } from "./trace.ts";

/** So many pictures from end to end: the list flies by, with dozens of rows in each. */
const STEPS = 300;
/** A wheel that is turned fast: pixels in each picture. */
const WHEEL = 120;

export type Scroll = { rows: number; elements: number } & Record<"flung" | "wheel" | "bare", Watched>;

/**
 * Loads so many jobs into the panel, then scrolls from the first to the last and back, and along as a wheel does. `bare`
 * is the first of it with as many rows of one text each, all of them in the document.
 */
export async function measureScroll(browser: Browser, rows: number): Promise<Scroll> {
  await using server = await startServer({ env: { LOG_LEVEL: "error" } });
  await registerJobs(server.url, rows);
  const how = { viewport: { width: 420, height: 900 }, locale: "de-DE", bypassCSP: true };
  const page = await browser.newPage(how);
  await page.goto(`${server.url}/?panel=open`);
  await loadAll(page, rows);
  const flung = await watch(browser, page, () => scrollThrough(page));
  const wheel = await watch(browser, page, () => scrollThrough(page, WHEEL));
  const elements = await page.locator("*").count();
  await page.close();
  const list = await browser.newPage(how);
  await showBareList(list, rows);
  const bare = await watch(browser, list, () => scrollThrough(list));
  await list.close();
  return { rows, elements, flung, wheel, bare };
}

async function watch(browser: Browser, page: Page, work: () => Promise<void>): Promise<Watched> {
  const stop = await watchFrames(page);
  const trace = await traceWhile(browser, page, work);
  return { frames: await stop(), trace };
}

/** Presses the button as soon as it may be, until there is none. */
async function loadAll(page: Page, rows: number): Promise<void> {
  await page.getByRole("button", { name: "Ältere laden" }).waitFor();
  await page.evaluate(async () => {
    const more = (): HTMLButtonElement | null => document.querySelector("footer button");
    for (let button = more(); button !== null; button = more()) {
      if (!button.disabled) button.click();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
  await page.locator("footer").getByText(rows.toLocaleString("de")).waitFor();
}

/** By the frame, as a wheel does it: so many pixels each time, else what brings it through. */
async function scrollThrough(page: Page, pixels?: number): Promise<void> {
  await page.evaluate(
    async ([steps, each]) => {
      const scroller = document.querySelector("[data-scroller]");
      if (scroller === null) throw new Error("the list has no scroller");
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (const direction of [1, -1]) {
        const end = direction === 1 ? scroller.scrollHeight : 0;
        const step = each === undefined ? (end - scroller.scrollTop) / steps : each * direction;
        for (let n = 0; n < steps; n++) {
          scroller.scrollTop += step;
          await nextFrame();
        }
      }
    },
    [STEPS, pixels] as const,
  );
}

export function printScroll({ rows, elements, flung, wheel, bare }: Scroll): Goal[] {
  const named = { "panel, flung": flung, [`panel, ${WHEEL} px a frame`]: wheel, "bare list, flung": bare };
  printFrames(`Scrolling through ${rows} rows, ${elements} elements in the document`, named);
  return [...frameGoals(`${rows} rows flung`, flung), ...frameGoals(`${rows} rows by the wheel`, wheel)];
}
