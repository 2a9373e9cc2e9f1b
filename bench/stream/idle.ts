import type { Cores } from "../measure/cores.ts";
import { atMost, type Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { formatSpread, spreadOf } from "../measure/statistics.ts";
import type { Options } from "./options.ts";
import { measureRounds, type Round } from "./rounds.ts";
import { startVariant, VARIANTS } from "./variants.ts";
import { openViewers } from "./viewers.ts";

const STREAMS = 5_000;
const USERS = 2_500;
const WARM_UP_STREAMS = 500;
const ROUNDS_AT_MOST = 3;

/** Resident KB that each of 5,000 idle streams takes, after garbage was collected; in a server of its own each time. */
export type Idle = { rounds: Round<number>[]; dropped: number };

export function measureIdle({ pairs }: Options, cores: Cores | undefined): Promise<Idle> {
  return measureRounds<number>({
    count: Math.min(pairs, ROUNDS_AT_MOST),
    speedOf: () => 1,
    async measure(variant) {
      await using server = await startVariant(variant, { core: cores?.server });
      const warmUp = await openViewers({ url: server.url, count: WARM_UP_STREAMS, users: USERS });
      await warmUp.close();
      const before = await server.memory();
      const viewers = await openViewers({ url: server.url, count: STREAMS, users: USERS });
      const after = await server.memory();
      await viewers.close();
      return (after - before) / 1024 / STREAMS;
    },
  });
}

export function printIdle({ rounds }: Idle): Goal[] {
  const toRaw = (variant: (typeof VARIANTS)[number]) => rounds.map((round) => round[variant] / round.raw);
  printTable(
    `Idle: resident memory per stream, ${STREAMS} streams of ${USERS} users (${rounds.length} rounds)`,
    [
      ["", "KB", "÷ raw"],
      ...VARIANTS.map((variant) => [
        variant,
        formatSpread(spreadOf(rounds.map((round) => round[variant])), 1),
        formatSpread(spreadOf(toRaw(variant)), 2),
      ]),
    ],
  );
  const toLoader = rounds.map(({ product, loader }) => product / loader);
  return [
    atMost("idle: memory ÷ raw (the aim)", toRaw("product"), 1.5),
    atMost("idle: memory ÷ a loader's stream", toLoader, 1),
  ];
}
