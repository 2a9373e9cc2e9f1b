import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import { buildServer, serveFolder, type Server } from "../ingest/servers.ts";
import { atMost, type Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { residentMb } from "../measure/process-status.ts";
import { formatSpread, spreadOf } from "../measure/statistics.ts";
import { openViewers } from "../stream/viewers.ts";
import type { Options } from "./options.ts";
import { startMongoServer } from "./servers.ts";

const STREAMS = 5_000;
const USERS = 2_500;
const SETTLE_MS = 3_000;
/** What two runs of the same server differ by. */
const SAME = 1.1;
const ROUNDS_AT_MOST = 2;

/** Resident MB of a fresh server with 5,000 idle streams of 2,500 users. */
export type Memory = { folder: number; mongo: number }[];

export async function measureMemory({ pairs }: Options, { uri }: { uri: string }): Promise<Memory> {
  await buildServer("bench/stream/users-server");
  const rounds: Memory = [];
  while (rounds.length < Math.min(pairs, ROUNDS_AT_MOST)) {
    const database = `memory-${rounds.length}`;
    rounds.push({
      folder: await withStreams(startFolderServer()),
      mongo: await withStreams(startMongoServer("users", { uri, database })),
    });
  }
  return rounds;
}

async function withStreams(starting: Promise<Server>): Promise<number> {
  await using server = await starting;
  const viewers = await openViewers({ url: server.url, count: STREAMS, users: USERS });
  await wait(SETTLE_MS);
  const mb = residentMb(server.pid) ?? Number.NaN;
  await viewers.close();
  return mb;
}

function startFolderServer(): Promise<Server> {
  const build = join(import.meta.dirname, "../../build/bench/users-server/server/index.js");
  return serveFolder([join(import.meta.dirname, "../stream/serve-product.ts"), build]);
}

export function printMemory(rounds: Memory): Goal[] {
  const mb = (name: keyof Memory[number]): string =>
    formatSpread(spreadOf(rounds.map((round) => round[name])), 0);
  const ratios = rounds.map(({ folder, mongo }) => mongo / folder);
  printTable(`Resident MB with ${STREAMS} streams of ${USERS} users, without forced garbage collection`, [
    ["embedded default", "MongoDB", "MongoDB/default"],
    [mb("folder"), mb("mongo"), formatSpread(spreadOf(ratios), 2)],
  ]);
  return [atMost("memory with 5,000 streams to that of the embedded default", ratios, SAME)];
}
