import type { Cores } from "../measure/cores.ts";
import { atMost, type Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { formatSpread, quantile, spreadOf } from "../measure/statistics.ts";
import { JOBS } from "./example-job.ts";
import type { Options } from "./options.ts";
import { startVariant, type StreamServer } from "./variants.ts";
import { openViewers } from "./viewers.ts";

const UPDATES = 100_000;
const FOR_STALLED_A_SECOND = 4_000;
const SECONDS = UPDATES / FOR_STALLED_A_SECOND;
const STALLED = 50;
const OTHERS = 950;
const USERS = 96;
const FOR_OTHERS_A_SECOND = 1_000;
const SAMPLE_EVERY = 7;
const WARM_UP_S = 2;
const ROUNDS_AT_MOST = 2;
/** 64 KB, and the newest state of each job as a string in memory. */
const GOAL_KB = 64 + (JOBS * 500) / 1024;

/** `growthKb`: the most memory taken at the end of any second. `p99`: of the others, in ms after an update was made. */
type Load = { growthKb: number; p99: number };
export type Slow = Record<"without" | "stalled", Load>[];

/**
 * 100,000 updates of the jobs of one user whose 50 viewers read nothing, beside 950 viewers of other users who are
 * told of theirs all the while; and the same where that user has no viewers. Memory and delays are measured apart,
 * because whoever collects garbage every second delays everybody.
 */
export async function measureSlow({ pairs }: Options, cores: Cores | undefined): Promise<Slow> {
  const rounds: Slow = [];
  while (rounds.length < Math.min(pairs, ROUNDS_AT_MOST)) {
    rounds.push({ without: await load(cores, 0), stalled: await load(cores, STALLED) });
    console.error(`  round ${rounds.length}: done`);
  }
  return rounds;
}

async function load(cores: Cores | undefined, stalled: number): Promise<Load> {
  return { growthKb: await measureGrowth(cores, stalled), p99: await measureDelays(cores, stalled) };
}

async function measureGrowth(cores: Cores | undefined, stalled: number): Promise<number> {
  await using server = await startVariant("product", { core: cores?.server });
  await using viewers = await open(server, stalled);
  const before = await server.memory();
  viewers.stall();
  let most = before;
  for (let second = 0; second < SECONDS; second++) {
    await publish(server, 1);
    most = Math.max(most, await server.memory());
  }
  return (most - before) / 1024;
}

async function measureDelays(cores: Cores | undefined, stalled: number): Promise<number> {
  await using server = await startVariant("product", { core: cores?.server });
  await using viewers = await open(server, stalled);
  viewers.stall();
  await publish(server, SECONDS);
  return quantile(viewers.delays(), 0.99);
}

async function open(server: StreamServer, stalled: number) {
  const others = await openViewers({
    url: server.url,
    count: OTHERS,
    users: USERS,
    firstUser: 1,
    sampleEvery: SAMPLE_EVERY,
  });
  const slow = await openViewers({ url: server.url, count: stalled, users: 1 });
  await publish(server, WARM_UP_S);
  return {
    delays: () => others.seen.delays,
    stall() {
      others.seen.delays.length = 0;
      for (const { socket } of slow.all) socket.pause();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([others.close(), slow.close()]);
    },
  };
}

async function publish(server: StreamServer, seconds: number): Promise<void> {
  const rate = { perSecond: FOR_OTHERS_A_SECOND, forFirst: FOR_STALLED_A_SECOND };
  await server.order({ kind: "rate", users: USERS, ...rate, seconds, isDry: false });
}

export function printSlow(rounds: Slow): Goal[] {
  const cell = (row: "without" | "stalled", value: keyof Load): string =>
    formatSpread(spreadOf(rounds.map((round) => round[row][value])), 1);
  printTable(
    `Slow: ${UPDATES} updates of ${JOBS} jobs to ${STALLED} who read nothing (${rounds.length} rounds)`,
    [
      ["", "memory grew by KB", `p99 ms of ${OTHERS} others`],
      ["without them", cell("without", "growthKb"), cell("without", "p99")],
      ["with them", cell("stalled", "growthKb"), cell("stalled", "p99")],
    ],
  );
  const each = rounds.map(({ without, stalled }) => (stalled.growthKb - without.growthKb) / STALLED);
  const later = rounds.map(({ without, stalled }) => stalled.p99 / without.p99);
  return [
    atMost("slow: memory of a stalled viewer (64 KB and its jobs)", each, Math.round(GOAL_KB), " KB"),
    atMost("slow: others' p99 ÷ without", later, 1.5),
  ];
}
