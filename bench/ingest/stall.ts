import { Agent } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startChild } from "../measure/child.ts";
import type { Cores } from "../measure/cores.ts";
import type { Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { formatSpread, spreadOf } from "../measure/statistics.ts";
import { finalBody } from "./bodies.ts";
import { checkNoneLost, registerJobs } from "./jobs.ts";
import { postCallback } from "./post-callback.ts";
import { startServer } from "./servers.ts";

const FINALS = 7;
const FINAL_BYTES = 31.5 * 1024 * 1024;
const GOAL_MS = 50;

const probedSchema = z.object({ count: z.int(), maxMs: z.number() });

/** The slowest `/healthz` in ms while a 32 MB final was taken (`finalMs` long), and in as long a time without one. */
export type Stall = { finalMs: number; slowest: number; slowestWithout: number };

/** One final after another, the first of them uncounted: it also starts the worker thread. */
export async function measureStalls(cores: Cores | undefined): Promise<Stall[]> {
  await using server = await startServer("product", { core: cores?.server });
  const probe = startChild([join(import.meta.dirname, "probe-health.ts"), server.url], {
    core: cores?.client,
  });
  await probe.waitFor(/ready/);
  const targets = await registerJobs(server.url, FINALS);
  const body = finalBody(FINAL_BYTES);
  const agent = new Agent({ keepAlive: false });

  async function slowestDuring(work: () => Promise<unknown>): Promise<number> {
    await probe.ask({});
    await work();
    return probedSchema.parse(await probe.ask({})).maxMs;
  }

  const stalls: Stall[] = [];
  for (const target of targets) {
    let finalMs = 0;
    const slowest = await slowestDuring(async () => (finalMs = await postCallback(target, body, agent)));
    const slowestWithout = await slowestDuring(() => wait(finalMs));
    stalls.push({ finalMs, slowest, slowestWithout });
  }
  await probe.stop();
  checkNoneLost(targets);
  return stalls.slice(1);
}

export function printStalls(stalls: readonly Stall[]): Goal[] {
  const [finalMs, slowest, without] = (["finalMs", "slowest", "slowestWithout"] as const).map((name) =>
    formatSpread(spreadOf(stalls.map((stall) => stall[name])), 0),
  );
  printTable("A final of 32 MB: the slowest GET /healthz of another client, one every 5 ms", [
    ["finals", "ms until answered", "slowest, ms", "slowest without, ms"],
    [String(stalls.length), finalMs ?? "", slowest ?? "", without ?? ""],
  ]);
  const worst = Math.max(...stalls.map((stall) => stall.slowest));
  const measured = `${worst.toFixed(0)} ms`;
  return [
    {
      name: "longest stall while a 32 MB final is taken",
      wanted: `≤ ${GOAL_MS} ms`,
      measured,
      met: worst <= GOAL_MS,
    },
  ];
}
