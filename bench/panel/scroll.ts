import type { Browser, Page } from "playwright-core";
import { registerJob } from "../../tests/e2e/support/jobs.ts";
import { startServer } from "../../tests/e2e/support/start-server.ts";
import type { Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { type Frames, watchFrames } from "./frames.ts";
import { type Trace, traceWhile } from "./trace.ts";
import { frameGoals, frameRows } from "./updates.ts";

const AT_ONCE = 32;
const STEPS = 300;

export type Scroll = { rows: number; elements: number; frames: Frames; trace: Trace };

/** Loads so many jobs into the panel, then scrolls from the first to the last and back. */
export async function measureScroll(browser: Browser, rows: number): Promise<Scroll> {
  await using server = await startServer({ env: { LOG_LEVEL: "error" } });
  for (let n = 0; n < rows; n += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, rows - n) }, (_, m) => n + m);
    await Promise.all(some.map((each) => registerJob(server.url, { title: `Akte ${each}.pdf` })));
  }
  const page = await browser.newPage({
    viewport: { width: 420, height: 900 },
    locale: "de-DE",
    bypassCSP: true,
  });
  await page.goto(`${server.url}/?panel=open`);
  await loadAll(page, rows);
  const stop = await watchFrames(page);
  const trace = await traceWhile(browser, page, () => scrollThrough(page));
  const frames = await stop();
  const elements = await page.locator("*").count();
  await page.close();
  return { rows, elements, frames, trace };
}

async function loadAll(page: Page, rows: number): Promise<void> {
  const more = page.getByRole("button", { name: "Ältere laden" });
  await more.waitFor();
  const footer = page.locator("footer");
  while ((await more.count()) > 0) {
    const before = await footer.textContent();
    await more.click();
    await page.waitForFunction((text) => document.querySelector("footer")?.textContent !== text, before);
    await page.waitForFunction(() => !document.querySelector("footer button[disabled]"));
  }
  await footer.getByText(rows.toLocaleString("de")).waitFor();
}

/** By the frame, as a wheel does it. */
async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async (steps) => {
    const scroller = document.querySelector("[data-scroller]");
    if (scroller === null) throw new Error("the list has no scroller");
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (const direction of [1, -1]) {
      const end = direction === 1 ? scroller.scrollHeight : 0;
      const step = (end - scroller.scrollTop) / steps;
      for (let n = 0; n < steps; n++) {
        scroller.scrollTop += step;
        await nextFrame();
      }
    }
  }, STEPS);
}

export function printScroll({ rows, elements, frames, trace }: Scroll): Goal[] {
  printTable(
    `Scrolling through ${rows} rows, ${elements} elements in the document`,
    frameRows(frames, trace),
  );
  return frameGoals(`${rows} rows scrolled`, frames, trace);
}
