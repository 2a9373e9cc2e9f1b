import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Cores } from "../measure/cores.ts";
import { atLeast, atMost, type Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { formatSpread, median, spreadOf } from "../measure/statistics.ts";
import { userOf } from "./example-job.ts";
import type { Options } from "./options.ts";
import { readsSchema } from "./take-orders.ts";
import { startVariant, type StreamServer } from "./variants.ts";
import { openViewers } from "./viewers.ts";

const USERS = 500;
const VIEWERS = 5_000;
const MISSED = 100;
const ROUNDS_AT_MOST = 3;
/** A feed without viewers is forgotten after 10 s. */
const FORGOTTEN_MS = 12_000;
const REGISTERED_AT_ONCE = 32;
const listSchema = z.object({ head: z.string() });

/** `ms`: until all were live again. `converged`: share of the viewers that were told of every missed job. */
type Return = { ms: number; converged: number; reads: number };
/** Of each round: the viewers come back after the server forgot their feeds; again within 10 s; and to the ring buffer. */
export type Reconnect = Record<"forgotten" | "remembered" | "raw", Return>[];

/** 5,000 viewers of 500 users have missed 100 jobs of their user each, and come back all at once with their cursor. */
export async function measureReconnect({ pairs }: Options, cores: Cores | undefined): Promise<Reconnect> {
  await using server = await startVariant("product", { core: cores?.server });
  await using baseline = await startVariant("raw", { core: cores?.server });
  const cursors = await Promise.all(Array.from({ length: USERS }, (_, n) => headOf(server, userOf(n))));
  await missUpdates(server);
  const toProduct = () =>
    comeBack(
      server,
      (index) => `?after=${cursors[index % USERS]}`,
      () => readsOf(server),
    );
  const toRaw = () =>
    comeBack(
      baseline,
      () => `?missed=${MISSED}`,
      () => Promise.resolve(0),
    );
  await toRaw();
  const rounds: Reconnect = [];
  while (rounds.length < Math.min(pairs, ROUNDS_AT_MOST)) {
    await wait(FORGOTTEN_MS);
    rounds.push({ forgotten: await toProduct(), remembered: await toProduct(), raw: await toRaw() });
    console.error(`  round ${rounds.length}: done`);
  }
  return rounds;
}

async function comeBack(
  server: StreamServer,
  query: (index: number) => string,
  countReads: () => Promise<number>,
): Promise<Return> {
  const before = await countReads();
  const startedAt = performance.now();
  const viewers = await openViewers({ url: server.url, count: VIEWERS, users: USERS, query });
  const ms = performance.now() - startedAt;
  const reads = (await countReads()) - before;
  await viewers.close();
  // Each missed job, and `ready`.
  const converged = viewers.all.filter(({ count }) => count === MISSED + 1).length / VIEWERS;
  return { ms, converged, reads };
}

async function readsOf(server: StreamServer): Promise<number> {
  const { heads, changes } = readsSchema.parse(await server.order({ kind: "reads" }));
  return heads + changes;
}

async function headOf({ url }: StreamServer, user: string): Promise<string> {
  const response = await fetch(`${url}/api/external/jobs`, { headers: { "X-User": user } });
  return listSchema.parse(await response.json()).head;
}

/** Registers jobs while nobody looks. */
async function missUpdates({ url }: StreamServer): Promise<void> {
  const body = JSON.stringify({ title: "Jahresbericht 2026.pdf", kind: "pdf" });
  let next = 0;
  async function register(): Promise<void> {
    for (let n = next++; n < USERS * MISSED; n = next++) {
      const headers = { "Content-Type": "application/json", "X-User": userOf(n % USERS) };
      const response = await fetch(`${url}/api/external/jobs`, { method: "POST", headers, body });
      const answer = await response.text();
      if (response.status !== 201)
        throw new Error(`void: a registration was answered ${response.status} ${answer}`);
    }
  }
  await Promise.all(Array.from({ length: REGISTERED_AT_ONCE }, register));
}

export function printReconnect(rounds: Reconnect): Goal[] {
  const rows = {
    forgotten: "product, after more than 10 s",
    remembered: "product, within 10 s",
    raw: "raw ring buffer",
  };
  const toRaw = (row: keyof typeof rows) => rounds.map((round) => round[row].ms / round.raw.ms);
  const names = ["forgotten", "remembered", "raw"] as const;
  printTable(
    `Reconnect: ${VIEWERS} viewers of ${USERS} users, ${MISSED} updates missed each (${rounds.length} rounds)`,
    [
      ["", "ms until all are live", "÷ raw", "repository reads"],
      ...names.map((row) => [
        rows[row],
        formatSpread(spreadOf(rounds.map((round) => round[row].ms)), 0),
        formatSpread(spreadOf(toRaw(row)), 2),
        String(median(rounds.map((round) => round[row].reads))),
      ]),
    ],
  );
  return (["forgotten", "remembered"] as const).flatMap((row) => {
    const values = (name: "converged" | "reads"): number[] => rounds.map((round) => round[row][name]);
    return [
      atLeast(`reconnect, ${rows[row]}: share that converged`, values("converged"), 1),
      atMost(`reconnect, ${rows[row]}: time ÷ raw`, toRaw(row), 3),
      atMost(`reconnect, ${rows[row]}: repository reads`, values("reads"), USERS),
    ];
  });
}
