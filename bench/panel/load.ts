import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
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

/** One load of a page. `scripts`: gzip bytes of JavaScript asked for before the page was interactive, by file. */
type Load = {
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
  const trace = await traceWhile(browser, page, async () => {
    await page.goto(url);
    await page.waitForFunction(() => "interactiveAt" in window);
    await page.waitForTimeout(QUIET_MS);
  });
  const { at, paths } = await page.evaluate(() => {
    const { interactiveAt } = window as unknown as { interactiveAt: number };
    const scripts = performance
      .getEntriesByType("resource")
      .filter(({ name, startTime }) => name.endsWith(".js") && startTime < interactiveAt);
    return { at: interactiveAt, paths: scripts.map(({ name }) => new URL(name).pathname) };
  });
  await context.close();
  const scripts = [...new Set(paths)].map(
    (path) => [path.replace(/^\/assets\//, ""), weigh(build, path)] as const,
  );
  return {
    scripts: Object.fromEntries(scripts),
    interactive: at,
    firstPaint: trace.firstPaint ?? Number.NaN,
    largestPaint: trace.largestPaint ?? Number.NaN,
    blocking: trace.blocking,
  };
}

/** A button is interactive once React has given it its props. */
function noteHydration(): void {
  const look = (): void => {
    const button = document.querySelector("button");
    const isHydrated = button !== null && Object.keys(button).some((key) => key.startsWith("__reactProps"));
    if (isHydrated) Object.assign(window, { interactiveAt: performance.now() });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function weigh(build: string, path: string): number {
  return gzipSync(readFileSync(join(build, "client", path)), { level: 9 }).length;
}

const sum = ({ scripts }: Load): number => Object.values(scripts).reduce((all, bytes) => all + bytes, 0);

export function printLoad({ bare, panel }: Loads): Goal[] {
  const row = (name: string, of: (load: Load) => number, digits = 0) => [
    name,
    ...[bare, panel].map((loads) => formatSpread(spreadOf(loads.map(of)), digits)),
  ];
  printTable(`Loading a page, CPU ${THROTTLE} times slower`, [
    ["", "bare page", "panel with 20 jobs"],
    row("JavaScript until interactive, KB gzip", (one) => sum(one) / 1000, 1),
    row("first contentful paint, ms", ({ firstPaint }) => firstPaint),
    row("largest contentful paint, ms", ({ largestPaint }) => largestPaint),
    row("interactive, ms", ({ interactive }) => interactive),
    row("total blocking time, ms", ({ blocking }) => blocking),
  ]);
  const files = Object.entries(panel[0]?.scripts ?? {}).toSorted(([, one], [, other]) => other - one);
  printTable("Until interactive", [
    ["file", "KB gzip"],
    ...files.map(([file, bytes]) => [file, (bytes / 1000).toFixed(1)]),
  ]);
  const ratios = panel.map((one, round) => sum(one) / sum(bare[round] ?? one));
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
