import type { Browser, Page } from "playwright-core";
import { startServer } from "../../tests/e2e/support/start-server.ts";
import { registerJobs } from "../ingest/jobs.ts";
import { atLeast, type Goal } from "../measure/goal.ts";
import { openBareRows } from "./bare-rows.ts";
import { type Frames, frameGoals, printFrames, watchFrames } from "./frames.ts";
import { sendUpdates, updateText } from "./send-updates.ts";
import { type Trace, traceWhile } from "./trace.ts";

const ROWS = 50;
const PER_SECOND = 200;
const SECONDS = 10;

/** How one page fared. `sent` and `shown`: updates a second until all were answered, and those whose text the page had. */
type Round = { frames: Frames; trace: Trace; sent: number; shown: number };
export type Updates = Record<keyof typeof pages, Round>;

/**
 * 200 callbacks a second over 50 running jobs, all of whose rows are visible: in the panel, in a page that does the least
 * that can be done, and beside a page that does nothing, which shows what sender and server leave of the machine.
 */
export async function measureUpdates(browser: Browser): Promise<Updates> {
  const { panel, bare, idle } = pages;
  return {
    panel: await measure(browser, panel),
    bare: await measure(browser, bare),
    idle: await measure(browser, idle),
  };
}

const pages = {
  async panel(page: Page, url: string): Promise<void> {
    await page.goto(`${url}/?panel=open`);
    await page.getByText("Live", { exact: true }).waitFor();
    // By keyboard: a pointer over the page is looked for below after every change, which the other pages are spared.
    await page.getByRole("button", { name: "Ältere laden" }).press("Enter");
    await page.getByText(`${ROWS} Jobs`).waitFor();
  },
  bare: openBareRows,
  async idle(page: Page): Promise<void> {
    await page.goto("about:blank");
  },
};

async function measure(browser: Browser, open: (page: Page, url: string) => Promise<void>): Promise<Round> {
  await using server = await startServer({ env: { LOG_LEVEL: "error" } });
  const jobs = await registerJobs(server.url, ROWS);
  await sendUpdates(jobs, { perSecond: PER_SECOND, seconds: ROWS / PER_SECOND });
  const page = await browser.newPage({
    viewport: { width: 420, height: 4_400 },
    locale: "de-DE",
    bypassCSP: true,
  });
  await open(page, server.url);
  const shown = await countTexts(page, updateText(0).replace(/\d+$/, ""));
  const stop = await watchFrames(page);
  let sent = 0;
  let seconds = 0;
  const trace = await traceWhile(browser, page, async () => {
    const begin = performance.now();
    sent = await sendUpdates(jobs, { perSecond: PER_SECOND, seconds: SECONDS });
    seconds = (performance.now() - begin) / 1000;
  });
  const frames = await stop();
  const seen = await shown();
  await page.close();
  return { frames, trace, sent: sent / seconds, shown: seen / seconds };
}

/** Counts the texts that are written into the page and begin so, from now on. */
async function countTexts(page: Page, beginning: string): Promise<() => Promise<number>> {
  const counter = await page.evaluateHandle((text) => {
    const counted = { texts: 0 };
    const isText = ({ target }: MutationRecord): boolean => target.nodeValue?.startsWith(text) === true;
    const observer = new MutationObserver((records) => (counted.texts += records.filter(isText).length));
    observer.observe(document.body, { characterData: true, subtree: true });
    return counted;
  }, beginning);
  return () => counter.evaluate(({ texts }) => texts);
}

export function printUpdates(updates: Updates): Goal[] {
  const { panel, bare, idle } = updates;
  printFrames(
    `${PER_SECOND} updates a second over ${ROWS} visible rows`,
    { panel, "bare rows": bare, idle },
    [
      ["updates a second, sent", ({ sent }) => sent.toFixed(0)],
      ["updates a second, shown", ({ shown }) => shown.toFixed(0)],
    ],
  );
  const wanted = PER_SECOND * 0.98;
  return [
    atLeast("updates a second, sent and shown", [Math.min(panel.sent, panel.shown)], wanted),
    ...frameGoals(`${PER_SECOND} updates a second`, panel),
  ];
}
