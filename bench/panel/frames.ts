import type { Page } from "playwright-core";
import { atLeast, atMost, type Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { quantile } from "../measure/statistics.ts";
import type { Trace } from "./trace.ts";

/** How long each frame took while something went on, in milliseconds. */
export type Frames = { count: number; perSecond: number; median: number; p99: number; longest: number };

/** Begins to note every frame of the page; the result ends it. */
export async function watchFrames(page: Page): Promise<() => Promise<Frames>> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const note = (now: number): void => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(window, { frames });
  });
  return async () => {
    const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.slice(1));
    const total = frames.reduce((sum, frame) => sum + frame, 0);
    return {
      count: frames.length,
      perSecond: (1000 * frames.length) / total,
      median: quantile(frames, 0.5),
      p99: quantile(frames, 0.99),
      longest: Math.max(...frames),
    };
  };
}

/** What a page did meanwhile. */
export type Watched = { frames: Frames; trace: Trace };

/** One column per page; `more` are further rows. */
export function printFrames<One extends Watched>(
  title: string,
  pages: Readonly<Record<string, One>>,
  more: readonly [string, (page: One) => string][] = [],
): void {
  const rows: [string, (page: One) => string][] = [
    ["frames a second", ({ frames }) => frames.perSecond.toFixed(1)],
    [
      "frame, median / p99 / longest, ms",
      ({ frames: { median, p99, longest } }) => [median, p99, longest].map((ms) => ms.toFixed(1)).join(" / "),
    ],
    ["tasks of more than 50 ms", ({ trace }) => String(trace.longTasks.length)],
    ["longest task, ms", ({ trace }) => trace.longest.toFixed(1)],
    ["main thread, processor ms per frame", ({ frames, trace }) => (trace.cpu / frames.count).toFixed(1)],
    ...more,
  ];
  const named = Object.entries(pages);
  printTable(title, [
    ["", ...named.map(([name]) => name)],
    ...rows.map(([name, of]) => [name, ...named.map(([, page]) => of(page))]),
  ]);
}

export function frameGoals(name: string, { frames, trace }: Watched): Goal[] {
  return [
    atLeast(`${name}: frames a second`, [frames.perSecond], 59),
    atMost(`${name}: tasks of more than 50 ms`, [trace.longTasks.length], 0),
  ];
}
