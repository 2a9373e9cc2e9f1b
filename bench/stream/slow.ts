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
const NAMES = { without: "not there", reading: "all 50 read", stalled: "all 50 stalled" };
/** 64 KB, and the newest state of each job as a string in memory. */
const GOAL_KB = 64 + (JOBS * 500) / 1024;

/** `growthKb`: the most memory taken at the end of any second. `p99`: of the others, in ms after an update was made. */
type Load = { growthKb: number; p99: number };
export type Slow = Record<Row, Load>[];

/** What the viewers of the busy user do: they are not there, they read like everybody, or they read nothing. */
const ROWS = ["without", "reading", "stalled"] as const;
type Row = (typeof ROWS)[number];

/**
 * 100,000 updates of the jobs of one user whose 50 viewers read nothing, beside 950 viewers of other users who are
 * told of theirs all the while; the same where those 50 read, and where they are not there at all. Memory and delays
 * are measured apart, because whoever collects garbage every second delays everybody.
 */
export async function measureSlow({ pairs }: Options, cores: Cores | undefined): Promise<Slow> {
  const rounds: Slow = [];
  while (rounds.length < Math.min(pairs, ROUNDS_AT_MOST)) {
    rounds.push({
      without: await load(cores, "without"),
      reading: await load(cores, "reading"),
      stalled: await load(cores, "stalled"),
    });
    console.error(`  round ${rounds.length}: done`);
  }
  return rounds;
}

async function load(cores: Cores | undefined, row: Row): Promise<Load> {
  return { growthKb: await measureGrowth(cores, row), p99: await measureDelays(cores, row) };
}

async function measureGrowth(cores: Cores | undefined, row: Row): Promise<number> {
  await using server = await startVariant("product", { core: cores?.server });
  await using viewers = await open(server, row);
  const before = await server.memory();
  viewers.begin();
  let most = before;
  for (let second = 0; second < SECONDS; second++) {
    await publish(server, 1);
    most = Math.max(most, await server.memory());
  }
  return (most - before) / 1024;
}

async function measureDelays(cores: Cores | undefined, row: Row): Promise<number> {
  await using server = await startVariant("product", { core: cores?.server });
  await using viewers = await open(server, row);
  viewers.begin();
  await publish(server, SECONDS);
  return quantile(viewers.delays(), 0.99);
}

async function open(server: StreamServer, row: Row) {
  const others = await openViewers({
    url: server.url,
    count: OTHERS,
    users: USERS,
    firstUser: 1,
    sampleEvery: SAMPLE_EVERY,
  });
  const count = row === "without" ? 0 : STALLED;
  const busy = await openViewers({ url: server.url, count, users: 1 });
  await publish(server, WARM_UP_S);
  return {
    delays: () => others.seen.delays,
    begin() {
      others.seen.delays.length = 0;
      if (row === "stalled") for (const { socket } of busy.all) socket.pause();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([others.close(), busy.close()]);
    },
  };
}

async function publish(server: StreamServer, seconds: number): Promise<void> {
  const rate = { perSecond: FOR_OTHERS_A_SECOND, forFirst: FOR_STALLED_A_SECOND };
  await server.order({ kind: "rate", users: USERS, ...rate, seconds, isDry: false });
}

export function printSlow(rounds: Slow): Goal[] {
  const cell = (row: Row, value: keyof Load): string =>
    formatSpread(spreadOf(rounds.map((round) => round[row][value])), 1);
  printTable(
    `Slow: ${UPDATES} updates of ${JOBS} jobs to ${STALLED} who read nothing (${rounds.length} rounds)`,
    [
      ["", "memory grew by KB", `p99 ms of ${OTHERS} others`],
      ...ROWS.map((row) => [NAMES[row], cell(row, "growthKb"), cell(row, "p99")]),
    ],
  );
  const each = rounds.map(({ reading, stalled }) => (stalled.growthKb - reading.growthKb) / STALLED);
  const later = (than: Row): number[] => rounds.map((round) => round.stalled.p99 / round[than].p99);
  return [
    atMost("slow: memory of a stalled viewer (64 KB and its jobs)", each, Math.round(GOAL_KB), " KB"),
    atMost("slow: others' p99 ÷ where the 50 read", later("reading"), 1.5),
    atMost("slow: others' p99 ÷ where the 50 are not there", later("without"), 1.5),
  ];
}
