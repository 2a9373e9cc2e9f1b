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
 * One load of a page. `first`: the JavaScript it has to have before it can be used, `scripts`: all that it asked for,
 * gzip bytes by file. `interactive`: when its buttons were React's.
 */
type Load = {
  first: Record<string, number>;
  scripts: Record<string, number>;
  interactive: number;
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
    await page.waitForFunction(() => "interactiveAt" in window);
    await page.waitForTimeout(QUIET_MS);
  });
  const { interactive, paths } = await page.evaluate(() => ({
    interactive: (window as unknown as { interactiveAt: number }).interactiveAt,
    paths: performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
  }));
  await context.close();
  const client = join(build, "client");
  const scripts = paths.filter((path) => path.endsWith(".js"));
  return {
    first: Object.fromEntries(firstScripts(html, client)),
    scripts: Object.fromEntries(scripts.map((path) => [path, weigh(client, path)])),
    interactive,
    firstPaint: trace.firstPaint ?? Number.NaN,
    largestPaint: trace.largestPaint ?? Number.NaN,
    blocking: trace.blocking,
  };
}

/** The page can be used once React has given its buttons their props: those of the panel, where there is one. */
function noteHydration(): void {
  const look = (): void => {
    const button = document.querySelector("[data-sheet] button") ?? document.querySelector("button");
    const isHydrated = button !== null && Object.keys(button).some((key) => key.startsWith("__reactProps"));
    if (isHydrated) Object.assign(window, { interactiveAt: performance.now() });
    else requestAnimationFrame(look);
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
    row("all JavaScript of the page, live, KB gzip", ({ scripts }) => sum(scripts) / 1000, 1),
    row("first contentful paint, ms", ({ firstPaint }) => firstPaint),
    row("largest contentful paint, ms", ({ largestPaint }) => largestPaint),
    row("interactive, ms", ({ interactive }) => interactive),
    row("total blocking time, ms", ({ blocking }) => blocking),
  ]);
  const files = Object.entries(panel[0]?.first ?? {}).toSorted(([, one], [, other]) => other - one);
  printTable("Until interactive", [
    ["file", "KB gzip"],
    ...files.map(([file, bytes]) => [file.replace("/assets/", ""), (bytes / 1000).toFixed(1)]),
  ]);
  const ratios = panel.map((one, round) => sum(one.first) / sum((bare[round] ?? one).first));
  return [
    atMost("JavaScript until interactive, of that of a bare page", ratios, RATIO),
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
