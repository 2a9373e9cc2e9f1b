import { formatSpread, spreadOf } from "./statistics.ts";

/** What a figure has to be, and whether it was. */
export type Goal = { name: string; wanted: string; measured: string; met: boolean };

export function printGoals(goals: readonly Goal[]): void {
  console.log("\nGoals");
  for (const { name, wanted, measured, met } of goals) {
    console.log(`  ${met ? "met   " : "MISSED"}  ${name}: ${measured} (wanted ${wanted})`);
  }
}

/** A goal for the median of what several rounds showed. */
export function atLeast(name: string, values: readonly number[], wanted: number, unit = ""): Goal {
  const spread = spreadOf(values);
  return {
    name,
    wanted: `≥ ${wanted}${unit}`,
    measured: formatSpread(spread, 2) + unit,
    met: spread.median >= wanted,
  };
}

export function atMost(name: string, values: readonly number[], wanted: number, unit = ""): Goal {
  const spread = spreadOf(values);
  return {
    name,
    wanted: `≤ ${wanted}${unit}`,
    measured: formatSpread(spread, 2) + unit,
    met: spread.median <= wanted,
  };
}
