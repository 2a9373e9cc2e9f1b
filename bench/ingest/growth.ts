import { Agent } from "node:http";
import type { Cores } from "../measure/cores.ts";
import type { Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { median } from "../measure/statistics.ts";
import { progressBody } from "./bodies.ts";
import { checkNoneLost, registerJobs, type Target } from "./jobs.ts";
import { postCallback } from "./post-callback.ts";
import { startServer } from "./servers.ts";

const JOBS = 30;
const CALLBACKS = 1_000;
const COMPARED = 100;
const GOAL = 1.2;

/** Median ms per callback: the first and the last 100 of jobs that get 1,000, and the first 100 of new jobs beside these last. */
export type Growth = { first: number; last: number; newBesideLast: number };

/**
 * Thirty jobs in turn, so that each stays within its rate, one callback at a time. New jobs beside the last hundred
 * tell what the age of a job costs from what the hour or the size of the database does.
 */
export async function measureGrowth(cores: Cores | undefined): Promise<Growth> {
  await using server = await startServer("product", { core: cores?.server });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let sent = 0;
  async function round(targets: Target[]): Promise<number[]> {
    const latencies: number[] = [];
    for (const target of targets) latencies.push(await postCallback(target, progressBody(sent++), agent));
    return latencies;
  }
  async function rounds(count: number, targets: Target[]): Promise<number[]> {
    const latencies: number[][] = [];
    for (let n = 0; n < count; n++) latencies.push(await round(targets));
    return latencies.flat();
  }

  const old = await registerJobs(server.url, JOBS);
  await rounds(COMPARED, await registerJobs(server.url, JOBS));
  const first = await rounds(COMPARED, old);
  await rounds(CALLBACKS - 2 * COMPARED, old);
  const fresh = await registerJobs(server.url, JOBS);
  const [last, newBesideLast]: [number[], number[]] = [[], []];
  for (let n = 0; n < COMPARED; n++) {
    const order = n % 2 === 0 ? [old, fresh] : [fresh, old];
    for (const targets of order) (targets === old ? last : newBesideLast).push(...(await round(targets)));
  }
  agent.destroy();
  checkNoneLost([...old, ...fresh]);
  return { first: median(first), last: median(last), newBesideLast: median(newBesideLast) };
}

export function printGrowth({ first, last, newBesideLast }: Growth): Goal[] {
  printTable(`A job with ${CALLBACKS} callbacks, p50 ms of one at a time`, [
    ["first 100", "last 100", "last/first", "new jobs beside the last", "last/new"],
    [first, last, last / first, newBesideLast, last / newBesideLast].map((value) => value.toFixed(2)),
  ]);
  const ratio = last / newBesideLast;
  return [
    {
      name: "the last 100 of 1,000 callbacks to the first 100 of a new job at the same time",
      wanted: `≤ ${GOAL}`,
      measured: `${ratio.toFixed(2)}, to its own first 100 ${(last / first).toFixed(2)}`,
      met: ratio <= GOAL,
    },
  ];
}
