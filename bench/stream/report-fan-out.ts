import { atLeast, atMost, type Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { formatSpread, median, spreadOf } from "../measure/statistics.ts";
import { type FanOut, MANY_USERS, type Run } from "./fan-out.ts";
import type { Round } from "./rounds.ts";
import { VARIANTS } from "./variants.ts";

const HEAD = ["deliveries/s", "rate ÷ raw", "CPU µs each", "CPU ÷ raw", "client busy"];

/** Every figure is the median of the rounds, every ratio that of the rounds' own ratios, with the extremes. */
export function printFanOut({ oneUser, manyUsers }: FanOut): Goal[] {
  const ones = oneUser.rounds.map((round) => mapRound(round, ({ one }) => one));
  const tens = oneUser.rounds.map((round) => mapRound(round, ({ ten }) => ten));
  const title = (what: string, { rounds, dropped }: { rounds: unknown[]; dropped: number }): string =>
    `Fan-out: ${what} (${rounds.length} rounds, ${dropped} dropped)`;
  printRuns(title("one user, 1,000 viewers, 1 update per turn", oneUser), ones);
  printRuns(title("one user, 1,000 viewers, 10 updates per turn", oneUser), tens);
  const { users, viewers, perSecond } = MANY_USERS;
  printRuns(title(`${users} users, ${viewers} viewers, ${perSecond} updates/s`, manyUsers), manyUsers.rounds);

  const tenToRawOne = oneUser.rounds.map(({ product, raw }) => product.ten.perSecond / raw.one.perSecond);
  const cpu = (variant: "raw" | "better-sse") =>
    manyUsers.rounds.map((round) => round.product.cpuUs / round[variant].cpuUs);
  const toBetterSse = (rounds: Round<Run>[]) =>
    rounds.map((round) => round.product.perSecond / round["better-sse"].perSecond);
  return [
    atLeast("1 per turn: rate ÷ better-sse", toBetterSse(ones), 1),
    atLeast("10 per turn: rate ÷ better-sse", toBetterSse(tens), 1),
    atMost("2,500 users: CPU ÷ better-sse", cpu("better-sse"), 1),
    atMost("2,500 users: CPU ÷ raw", cpu("raw"), 1.3),
    atLeast("10 per turn ÷ raw one per write", tenToRawOne, 5),
  ];
}

function printRuns(title: string, rounds: readonly Round<Run>[]): void {
  printTable(title, [
    ["", ...HEAD],
    ...VARIANTS.map((variant) => {
      const middle = (value: (run: Run) => number): number =>
        median(rounds.map((round) => value(round[variant])));
      const toRaw = (value: (run: Run) => number): string =>
        formatSpread(spreadOf(rounds.map((round) => value(round[variant]) / value(round.raw))), 2);
      return [
        variant,
        middle(({ perSecond }) => perSecond).toFixed(0),
        toRaw(({ perSecond }) => perSecond),
        middle(({ cpuUs }) => cpuUs).toFixed(2),
        toRaw(({ cpuUs }) => cpuUs),
        `${(middle(({ clientBusy }) => clientBusy) * 100).toFixed(0)} %`,
      ];
    }),
  ]);
}

function mapRound<A, B>(round: Round<A>, by: (run: A) => B): Round<B> {
  return {
    product: by(round.product),
    raw: by(round.raw),
    "better-sse": by(round["better-sse"]),
    loader: by(round.loader),
  };
}
