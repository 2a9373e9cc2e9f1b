/** What a figure has to be, and whether it was. */
export type Goal = { name: string; wanted: string; measured: string; met: boolean };

export function printGoals(goals: readonly Goal[]): void {
  console.log("\nGoals");
  for (const { name, wanted, measured, met } of goals) {
    console.log(`  ${met ? "met   " : "MISSED"}  ${name}: ${measured} (wanted ${wanted})`);
  }
}
