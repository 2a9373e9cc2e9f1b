import { setTimeout } from "node:timers/promises";
import type { Browser } from "playwright-core";
import type { Registered } from "#app/contract/http.ts";
import { registerJob, sendCallback } from "../../tests/e2e/support/jobs.ts";
import { startServer } from "../../tests/e2e/support/start-server.ts";
import { atLeast, atMost, type Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { type Frames, watchFrames } from "./frames.ts";
import { type Trace, traceWhile } from "./trace.ts";

const ROWS = 50;
const PER_SECOND = 200;
const SECONDS = 10;
const TICK_MS = 50;

export type Updates = { frames: Frames; trace: Trace; sent: number; seconds: number };

/** 200 callbacks a second over 50 running jobs, all of whose rows are visible. */
export async function measureUpdates(browser: Browser): Promise<Updates> {
  await using server = await startServer({ env: { LOG_LEVEL: "error" } });
  const jobs: Registered[] = [];
  for (let n = 0; n < ROWS; n++) {
    const job = await registerJob(server.url, { title: `Bericht ${n}.pdf` });
    await sendCallback(job, { progress: 0, message: "Seite 0" });
    jobs.push(job);
  }
  const page = await browser.newPage({
    viewport: { width: 420, height: 4_400 },
    locale: "de-DE",
    bypassCSP: true,
  });
  await page.goto(`${server.url}/?panel=open`);
  const panel = page.getByRole("dialog").or(page.getByRole("complementary"));
  await panel.getByText("Live", { exact: true }).waitFor();
  while ((await panel.getByRole("listitem").count()) < ROWS) {
    await panel.getByRole("button", { name: "Ältere laden" }).click();
    await page.waitForTimeout(200);
  }
  const stop = await watchFrames(page);
  let sent = 0;
  const begin = performance.now();
  const trace = await traceWhile(browser, page, async () => {
    // The callbacks of one job one after the other, as its worker sends them: none overtakes another.
    const lastOf = new Map<Registered, Promise<unknown>>();
    while (performance.now() - begin < SECONDS * 1000) {
      const due = ((performance.now() - begin) / 1000) * PER_SECOND;
      for (; sent < due; sent++) {
        const job = jobs[sent % ROWS];
        const step = Math.floor(sent / ROWS);
        if (job === undefined) continue;
        const body = { progress: Math.min(99, step), message: `Seite ${step}` };
        lastOf.set(
          job,
          Promise.resolve(lastOf.get(job)).then(() => sendCallback(job, body)),
        );
      }
      await setTimeout(TICK_MS);
    }
    await Promise.all(lastOf.values());
  });
  const frames = await stop();
  const last = Math.floor((sent - 1) / ROWS);
  await panel.getByText(`Seite ${last}`).first().waitFor();
  await page.close();
  return { frames, trace, sent, seconds: (performance.now() - begin) / 1000 };
}

export function printUpdates({ frames, trace, sent, seconds }: Updates): Goal[] {
  printTable(
    `${sent} updates in ${seconds.toFixed(1)} s over ${ROWS} visible rows`,
    frameRows(frames, trace),
  );
  return frameGoals(`${PER_SECOND} updates a second`, frames, trace);
}

export function frameRows(frames: Frames, { longTasks, longest }: Trace): string[][] {
  return [
    ["", "measured"],
    ["frames a second", frames.perSecond.toFixed(1)],
    [
      "frame, median / p99 / longest, ms",
      [frames.median, frames.p99, frames.longest].map((ms) => ms.toFixed(1)).join(" / "),
    ],
    ["tasks of more than 50 ms", String(longTasks.length)],
    ["longest task, ms", longest.toFixed(1)],
  ];
}

export function frameGoals(name: string, { perSecond }: Frames, { longTasks }: Trace): Goal[] {
  return [
    atLeast(`${name}: frames a second`, [perSecond], 59),
    atMost(`${name}: tasks of more than 50 ms`, [longTasks.length], 0),
  ];
}
