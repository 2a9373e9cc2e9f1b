import { type Goal, atLeast } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { cpuMs } from "../measure/process-status.ts";
import { formatSpread, median, spreadOf } from "../measure/statistics.ts";
import { registerJobs, type Target } from "../ingest/jobs.ts";
import { type Run, runLoad } from "../ingest/run-load.ts";
import { buildServer, type Server } from "../ingest/servers.ts";
import type { Mongo } from "../../tests/support/start-mongo.ts";
import type { Options } from "./options.ts";
import { startMongoServer } from "./servers.ts";

const GOALS = [
  { inFlight: 1, wanted: 1.0 },
  { inFlight: 16, wanted: 1.2 },
  { inFlight: 64, wanted: 1.5 },
];
const JOBS = 160;
const WARM_UP_SECONDS = 3;

/** One run, and the processor time that MongoDB used in it per callback, in µs. */
type MongoRun = Run & { mongodMicros: number };
/** One run of each, one right after the other. */
type Pair = { product: MongoRun; bare: MongoRun };
export type Rates = { inFlight: number; wanted: number; pairs: Pair[] }[];

/** Callbacks per second over 160 jobs, which stay the same, as a job has many callbacks: the product, and the same server with the bare `updateOne` for a callback route. */
export async function measureRates({ pairs, seconds }: Options, mongo: Mongo): Promise<Rates> {
  await buildServer("bench/mongo/bare-server");
  await using product = await startMongoServer("product", { uri: mongo.uri, database: "rates-product" });
  await using bare = await startMongoServer("bare", { uri: mongo.uri, database: "rates-bare" });

  const targets = new Map<Server, Target[]>();
  for (const server of [product, bare]) targets.set(server, await registerJobs(server.url, JOBS));
  let sent = 0;

  async function over(server: Server, inFlight: number, forSeconds: number): Promise<MongoRun> {
    const cell = { inFlight, keepAlive: true };
    const jobs = targets.get(server) ?? [];
    const before = cpuMs(mongo.pid());
    const run = await runLoad({
      ...cell,
      targets: jobs,
      next: () => jobs[sent++ % JOBS],
      seconds: forSeconds,
      serverPid: server.pid,
      cores: undefined,
    });
    return { ...run, mongodMicros: ((cpuMs(mongo.pid()) - before) * 1000) / run.count };
  }
  async function turn(inFlight: number, forSeconds: number, isReversed: boolean): Promise<Pair> {
    if (isReversed) {
      const second = await over(bare, inFlight, forSeconds);
      return { product: await over(product, inFlight, forSeconds), bare: second };
    }
    const first = await over(product, inFlight, forSeconds);
    return { product: first, bare: await over(bare, inFlight, forSeconds) };
  }

  const rates: Rates = [];
  for (const { inFlight, wanted } of GOALS) {
    await turn(inFlight, WARM_UP_SECONDS, false);
    const measured: Pair[] = [];
    while (measured.length < pairs) measured.push(await turn(inFlight, seconds, measured.length % 2 === 1));
    rates.push({ inFlight, wanted, pairs: measured });
  }
  return rates;
}

const ratioOf = ({ product, bare }: Pair): number => product.perSecond / bare.perSecond;

export function printRates(rates: Rates): Goal[] {
  printTable("Callbacks acknowledged per second, 160 jobs: median of the pairs (min–max)", [
    [
      "in flight",
      "product",
      "bare",
      "product/bare",
      "p50 ms",
      "bare",
      "p99 ms",
      "bare",
      "cpu µs",
      "bare",
      "mongod µs",
      "bare",
    ],
    ...rates.map(({ inFlight, pairs }) => [
      String(inFlight),
      ...(["product", "bare"] as const).map((name) =>
        formatSpread(spreadOf(pairs.map((pair) => pair[name].perSecond)), 0),
      ),
      formatSpread(spreadOf(pairs.map(ratioOf)), 2),
      ...(["p50", "p99", "cpuMicros", "mongodMicros"] as const).flatMap((value) =>
        (["product", "bare"] as const).map((name) =>
          median(pairs.map((pair) => pair[name][value])).toFixed(value.startsWith("p") ? 2 : 0),
        ),
      ),
    ]),
  ]);
  return rates.map(({ inFlight, wanted, pairs }) =>
    atLeast(`${inFlight} in flight: rate to the bare updateOne`, pairs.map(ratioOf), wanted),
  );
}
