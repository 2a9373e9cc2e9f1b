import { join } from "node:path";
import type { Browser } from "playwright-core";
import { firstScripts, weigh } from "../../tests/e2e/support/first-scripts.ts";
import { registerJob, sendCallback } from "../../tests/e2e/support/jobs.ts";
import { startServer } from "../../tests/e2e/support/start-server.ts";
import { atMost, type Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { formatSpread, spreadOf } from "../measure/statistics.ts";
import { bareBuild, serveBare } from "./serve-bare.ts";
import { traceWhile } from "./trace.ts";

const productBuild = join(import.meta.dirname, "../../build");
const THROTTLE = 4;
const RATIO = 1.35;
const QUIET_MS = 1_500;

/**
 * One load of a page. `first`: the JavaScript it has to have before it can be used, `live`: all that it had asked for
 * when it was up to date, gzip bytes by file. `interactive`: when its buttons were React's, `liveAt`: when the panel was
 * up to date.
 */
type Load = {
  first: Record<string, number>;
  live: Record<string, number>;
  interactive: number;
  liveAt: number;
  firstPaint: number;
  largestPaint: number;
  blocking: number;
};
export type Loads = { bare: Load[]; panel: Load[] };

/** Loads the bare page and the start page with 20 jobs in turn, on a CPU that is four times slower. */
export async function measureLoad(browser: Browser, rounds: number): Promise<Loads> {
  await using bare = await serveBare();
  await using product = await startServer();
  for (let n = 0; n < 20; n++) {
    const job = await registerJob(product.url, { title: `Bericht ${n}.pdf` });
    if (n % 2 === 0) await sendCallback(job, { progress: n * 4, message: `Seite ${n}` });
  }
  const loads: Loads = { bare: [], panel: [] };
  for (let round = 0; round < rounds; round++) {
    loads.bare.push(await load(browser, bare.url, bareBuild));
    loads.panel.push(await load(browser, product.url, productBuild));
  }
  return loads;
}

async function load(browser: Browser, url: string, build: string): Promise<Load> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "de-DE",
    bypassCSP: true,
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
  await page.addInitScript(noteHydration);
  const html = await (await fetch(url)).text();
  const trace = await traceWhile(browser, page, async () => {
    await page.goto(url);
    await page.waitForFunction(() => "interactiveAt" in window && "liveAt" in window);
    await page.waitForTimeout(QUIET_MS);
  });
  const { interactive, liveAt, paths } = await page.evaluate(() => {
    const { interactiveAt, liveAt: live } = window as unknown as Noted;
    const before = performance.getEntriesByType("resource").filter(({ startTime }) => startTime < live);
    const names = before.map(({ name }) => new URL(name).pathname);
    return {
      interactive: interactiveAt,
      liveAt: live,
      paths: names.filter((name) => name.endsWith(".js")),
    };
  });
  await context.close();
  const client = join(build, "client");
  return {
    first: Object.fromEntries(firstScripts(html, client)),
    live: Object.fromEntries(paths.map((path) => [path, weigh(client, path)])),
    interactive,
    liveAt,
    firstPaint: trace.firstPaint ?? Number.NaN,
    largestPaint: trace.largestPaint ?? Number.NaN,
    blocking: trace.blocking,
  };
}

type Noted = { interactiveAt: number; liveAt: number };

/**
 * The page can be used once React has given its buttons their props: those of the panel, where there is one. That one
 * is live when its badge says so.
 */
function noteHydration(): void {
  const note = (what: keyof Noted): void => void Object.assign(window, { [what]: performance.now() });
  const look = (): void => {
    const panel = document.querySelector("[data-sheet]");
    const button = (panel ?? document).querySelector("button");
    const isHydrated = button !== null && Object.keys(button).some((key) => key.startsWith("__reactProps"));
    if (!isHydrated) return void requestAnimationFrame(look);
    note("interactiveAt");
    if (panel === null) return note("liveAt");
    const isLive = (): boolean => panel.querySelector("header")?.textContent.includes("Live") === true;
    if (isLive()) return note("liveAt");
    const changes = new MutationObserver(() => {
      if (!isLive()) return;
      changes.disconnect();
      note("liveAt");
    });
    changes.observe(panel, { subtree: true, childList: true, characterData: true });
  };
  requestAnimationFrame(look);
}

const sum = (scripts: Record<string, number>): number =>
  Object.values(scripts).reduce((all, bytes) => all + bytes, 0);

export function printLoad({ bare, panel }: Loads): Goal[] {
  const row = (name: string, of: (load: Load) => number, digits = 0) => [
    name,
    ...[bare, panel].map((loads) => formatSpread(spreadOf(loads.map(of)), digits)),
  ];
  printTable(`Loading a page, CPU ${THROTTLE} times slower`, [
    ["", "bare page", "panel with 20 jobs"],
    row("JavaScript until interactive, KB gzip", ({ first }) => sum(first) / 1000, 1),
    row("JavaScript until live, KB gzip", ({ live }) => sum(live) / 1000, 1),
    row("first contentful paint, ms", ({ firstPaint }) => firstPaint),
    row("largest contentful paint, ms", ({ largestPaint }) => largestPaint),
    row("interactive, ms", ({ interactive }) => interactive),
    row("live, ms", ({ liveAt }) => liveAt),
    row("total blocking time, ms", ({ blocking }) => blocking),
  ]);
  const files = Object.entries(panel[0]?.first ?? {}).toSorted(([, one], [, other]) => other - one);
  printTable("Until interactive", [
    ["file", "KB gzip"],
    ...files.map(([file, bytes]) => [file.replace("/assets/", ""), (bytes / 1000).toFixed(1)]),
  ]);
  const ratios = (of: (load: Load) => Record<string, number>) =>
    panel.map((one, round) => sum(of(one)) / sum((bare[round] ?? one).first));
  return [
    atMost(
      "JavaScript until interactive, of that of a bare page",
      ratios(({ first }) => first),
      RATIO,
    ),
    atMost(
      "JavaScript until live, of that of a bare page",
      ratios(({ live }) => live),
      RATIO,
    ),
    atMost(
      "largest contentful paint",
      panel.map(({ largestPaint }) => largestPaint),
      2_500,
      " ms",
    ),
    atMost(
      "total blocking time",
      panel.map(({ blocking }) => blocking),
      200,
      " ms",
    ),
  ];
}
