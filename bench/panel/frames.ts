import type { Page } from "playwright-core";
import { quantile } from "../measure/statistics.ts";

/** How long each frame took while something went on, in milliseconds. */
export type Frames = { perSecond: number; median: number; p99: number; longest: number };

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
      perSecond: (1000 * frames.length) / total,
      median: quantile(frames, 0.5),
      p99: quantile(frames, 0.99),
      longest: Math.max(...frames),
    };
  };
}
