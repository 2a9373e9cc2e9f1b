import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { progressBody } from "../ingest/bodies.ts";
import { registerJobs, type Target } from "../ingest/jobs.ts";
import { postCallback } from "../ingest/post-callback.ts";
import { atMost, type Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { formatSpread, median, quantile, spreadOf } from "../measure/statistics.ts";
import { openViewers } from "../stream/viewers.ts";
import type { Options } from "./options.ts";
import { startMongoServer } from "./servers.ts";

const JOBS = 100;
const EVERY_MS = 10;
const GOAL_MS = 2;
const NUMBER = /"message":"Seite (\d{8}) /g;
let used = 0;

/** Milliseconds since the POST was begun: until its answer was read, and until the viewer had the update. */
type Times = { answered: number[]; seen: number[] };
export type Shown = { alone: Times[]; same: Times[]; other: Times[] };

/** A hundred callbacks a second to one instance; the viewer at it while it is alone, at it beside another, at the other. */
export async function measureShown({ pairs, seconds }: Options, { uri }: { uri: string }): Promise<Shown> {
  await using first = await startMongoServer("product", { uri, database: "shown" });
  const targets = await registerJobs(first.url, JOBS);
  const shown: Shown = { alone: [], same: [], other: [] };
  await play(targets, first.url, 1);
  while (shown.alone.length < pairs) shown.alone.push(await play(targets, first.url, seconds));
  await using second = await startMongoServer("product", { uri, database: "shown" });
  await play(targets, second.url, 1);
  while (shown.other.length < pairs) {
    shown.same.push(await play(targets, first.url, seconds));
    shown.other.push(await play(targets, second.url, seconds));
  }
  return shown;
}

/** Resolves when the viewer at `url` has had all of them; void when that takes a minute. */
async function play(targets: Target[], url: string, seconds: number): Promise<Times> {
  const startedAt = new Map<number, number>();
  const times: Times = { answered: [], seen: [] };
  const viewers = await openViewers({
    url,
    count: 1,
    users: 1,
    onText(text) {
      for (const [, n] of text.matchAll(NUMBER)) {
        const at = startedAt.get(Number(n));
        if (at !== undefined && startedAt.delete(Number(n))) times.seen.push(performance.now() - at);
      }
    },
  });
  const agent = new Agent({ keepAlive: true });
  const posts: Promise<unknown>[] = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await wait(EVERY_MS)) {
    const n = used++;
    const target = targets[n % JOBS];
    if (target === undefined) throw new Error("void: no job");
    startedAt.set(n, performance.now());
    posts.push(postCallback(target, progressBody(n), agent).then((ms) => times.answered.push(ms)));
  }
  await Promise.all(posts);
  for (const end = performance.now() + 60_000; startedAt.size > 0; await wait(5))
    if (performance.now() > end) throw new Error(`void: the viewer never saw ${startedAt.size} of them`);
  await viewers.close();
  agent.destroy();
  return times;
}

export function printShown(shown: Shown): Goal[] {
  const cell = (times: Times[], name: keyof Times, share: number): string =>
    formatSpread(spreadOf(times.map((one) => quantile(one[name], share))), 2);
  printTable("Callback → viewer, 100 a second, ms since the POST was begun: median of the rounds (min–max)", [
    ["viewer", "answered p50", "seen p50", "seen p99"],
    ...Object.entries({
      "at the only instance": shown.alone,
      "at the same of two": shown.same,
      "at the other of two": shown.other,
    }).map(([name, times]) => [
      name,
      cell(times, "answered", 0.5),
      cell(times, "seen", 0.5),
      cell(times, "seen", 0.99),
    ]),
  ]);
  const alone = median(shown.alone.map(({ seen }) => quantile(seen, 0.5)));
  const later = shown.other.map(({ seen }) => quantile(seen, 0.5) - alone);
  return [
    atMost("callback → viewer at the other instance: p50 − p50 of one instance", later, GOAL_MS, " ms"),
  ];
}
