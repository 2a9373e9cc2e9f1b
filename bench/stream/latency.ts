import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { registeredSchema } from "#app/contract/http.ts";
import type { Target } from "../ingest/jobs.ts";
import { postCallback } from "../ingest/post-callback.ts";
import type { Cores } from "../measure/cores.ts";
import { atMost, type Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { formatSpread, quantile, spreadOf } from "../measure/statistics.ts";
import { userOf } from "./example-job.ts";
import type { Options } from "./options.ts";
import { startVariant, type StreamServer } from "./variants.ts";
import { openViewers } from "./viewers.ts";

const USERS = 500;
const VIEWERS = 1_000;
const PER_SECOND = 500;
const WARM_UP_S = 2;
const GOAL_MS = 2;
/** Numbers are never used again: the same body twice within 10 s is a duplicate. */
let used = 0;
const NUMBER = /"message":"Seite (\d+) /g;

type Times = { p50: number; p99: number };
/** Milliseconds since the POST was begun: until its answer was read, and until a viewer had the update. */
export type Latency = { answered: Times; seen: Times }[];

/** 500 callbacks a second, each of another user's job, each shown to two viewers. */
export async function measureLatency(
  { pairs, seconds }: Options,
  cores: Cores | undefined,
): Promise<Latency> {
  await using server = await startVariant("product", { core: cores?.server });
  const targets = await Promise.all(Array.from({ length: USERS }, (_, n) => register(server, userOf(n))));
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  await post(server, targets, agent, WARM_UP_S);
  const runs: Latency = [];
  while (runs.length < pairs) runs.push(await post(server, targets, agent, seconds));
  agent.destroy();
  return runs;
}

async function post(
  server: StreamServer,
  targets: Target[],
  agent: Agent,
  seconds: number,
): Promise<Latency[number]> {
  const startedAt = new Map<string, number>();
  const [answered, seen]: [number[], number[]] = [[], []];
  const viewers = await openViewers({
    url: server.url,
    count: VIEWERS,
    users: USERS,
    onText(text) {
      for (const [, n] of text.matchAll(NUMBER)) {
        const at = startedAt.get(n ?? "");
        if (at !== undefined) seen.push(performance.now() - at);
      }
    },
  });
  const begin = performance.now();
  const posts: Promise<unknown>[] = [];
  const total = PER_SECOND * seconds;
  while (posts.length < total) {
    const due = Math.min(total, ((performance.now() - begin) / 1000) * PER_SECOND);
    while (posts.length < due) {
      const n = used++;
      const target = targets[n % USERS];
      if (target === undefined) throw new Error("no job");
      const body = Buffer.from(
        JSON.stringify({ phase: "processing", progress: n % 99, message: `Seite ${n} von 9999999` }),
      );
      startedAt.set(String(n), performance.now());
      posts.push(postCallback(target, body, agent).then((ms) => answered.push(ms)));
    }
    await wait(1);
  }
  await Promise.all(posts);
  await viewers.receive(VIEWERS + total * (VIEWERS / USERS));
  await viewers.close();
  return { answered: timesOf(answered), seen: timesOf(seen) };
}

function timesOf(ms: readonly number[]): Times {
  return { p50: quantile(ms, 0.5), p99: quantile(ms, 0.99) };
}

async function register({ url }: StreamServer, user: string): Promise<Target> {
  const response = await fetch(`${url}/api/external/jobs`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-User": user },
    body: JSON.stringify({ title: "Jahresbericht 2026.pdf", kind: "pdf" }),
  });
  const { callback_url, callback_token } = registeredSchema.parse(await response.json());
  return { url: new URL(callback_url), token: callback_token, sent: 0, revision: 0 };
}

export function printLatency(runs: Latency): Goal[] {
  const cell = (value: (run: Latency[number]) => number): string =>
    formatSpread(spreadOf(runs.map(value)), 2);
  printTable(
    `Latency: ${PER_SECOND} callbacks/s, ${VIEWERS} viewers of ${USERS} users (${runs.length} runs)`,
    [
      ["ms since the POST was begun", "p50", "p99"],
      ["answered", cell(({ answered }) => answered.p50), cell(({ answered }) => answered.p99)],
      ["at a viewer", cell(({ seen }) => seen.p50), cell(({ seen }) => seen.p99)],
    ],
  );
  const later = runs.map(({ answered, seen }) => seen.p50 - answered.p50);
  return [atMost("latency: p50 at a viewer − p50 of the answer", later, GOAL_MS, " ms")];
}
