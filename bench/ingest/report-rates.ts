import type { Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { formatSpread, median, type Spread, spreadOf } from "../measure/statistics.ts";
import type { Row } from "./rates.ts";
import type { Pair } from "./variants.ts";

const RATE_GOAL = 0.8;
const LATENCY_GOAL = 1.5;
/** A client this busy measures itself. */
const BUSY = 0.9;

const ratioToMemory = ({ product, memory }: Pair): number => product.perSecond / memory.perSecond;
const ratioToSum = ({ product, memory, bare }: Pair): number => product.p50 / (memory.p50 + bare.p50);

/** The table of callbacks per second. Ratios are medians of the pairs' own ratios, with the extremes. */
export function printRates(rows: readonly Row[]): void {
  const head = [
    "callbacks/s",
    "product",
    "(a) memory",
    "(b) bare write",
    "product/(a)",
    "p50 ms",
    "(a) ms",
    "(b) ms",
    "p50/((a)+(b))",
    "cpu µs",
    "(a) µs",
    "pairs",
  ];
  printTable("Callbacks acknowledged per second: median of the pairs (min–max)", [
    head,
    ...rows.map(cellsOf),
  ]);
  console.log(
    [
      "(a) the same build answering from memory, (b) repository.save alone, as many at once. cpu µs: processor time of the server per callback.",
      "Local mode has one user: rows are the same job and 160 jobs of that user; different users do not exist here.",
      "The rate per job (50/s, 200 at once) is the real one: `same job` uses up the 200 of one job, then goes on to the next.",
      "Pairs while others used our cores, or that slowed the baseline to 0.6 of its best, are dropped (-n) and repeated.",
      "`new connections`: one connection per post, as the Secretary; everything else keeps them alive.",
    ].join("\n"),
  );
  const busiest = Math.max(...rows.flatMap(({ pairs }) => pairs.map(({ memory }) => memory.clientBusy)));
  if (busiest > BUSY)
    console.log(`The client was ${Math.round(busiest * 100)} % busy against (a): (a) may be faster.`);
}

function cellsOf(row: Row): string[] {
  const { name, pairs } = row;
  const spread = (value: (pair: Pair) => number): Spread => spreadOf(pairs.map(value));
  const middle = (value: (pair: Pair) => number, digits = 2): string =>
    median(pairs.map(value)).toFixed(digits);
  return [
    name,
    formatSpread(
      spread(({ product }) => product.perSecond),
      0,
    ),
    formatSpread(
      spread(({ memory }) => memory.perSecond),
      0,
    ),
    middle(({ bare }) => bare.perSecond, 0),
    formatSpread(spread(ratioToMemory), 2),
    middle(({ product }) => product.p50),
    middle(({ memory }) => memory.p50),
    middle(({ bare }) => bare.p50),
    formatSpread(spread(ratioToSum), 2),
    middle(({ product }) => product.cpuMicros, 0),
    middle(({ memory }) => memory.cpuMicros, 0),
    countOf(row),
  ];
}

function countOf({ pairs, isCalm, dropped }: Row): string {
  if (!isCalm) return `${pairs.length}, none calm`;
  return dropped === 0 ? String(pairs.length) : `${pairs.length} (-${dropped})`;
}

export function goalsOfRates(rows: readonly Row[]): Goal[] {
  return rows.flatMap(({ name, cell, pairs }) => {
    if (cell.inFlight === 1) {
      const ratio = spreadOf(pairs.map(ratioToSum));
      return [goal(`${name}: p50 to (a)+(b)`, `≤ ${LATENCY_GOAL}`, ratio, ratio.median <= LATENCY_GOAL)];
    }
    const ratio = spreadOf(pairs.map(ratioToMemory));
    return [goal(`${name}: rate to (a)`, `≥ ${RATE_GOAL}`, ratio, ratio.median >= RATE_GOAL)];
  });
}

function goal(name: string, wanted: string, ratio: Spread, met: boolean): Goal {
  return { name, wanted, measured: formatSpread(ratio, 2), met };
}
