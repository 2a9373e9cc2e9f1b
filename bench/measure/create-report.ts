import { type Goal, printGoals } from "./goal.ts";
import { writeResults } from "./write-results.ts";

/** What the parts of a bench show: each is printed once it is measured, the goals and the file with all of it come at the end. */
export function createReport() {
  const goals: Goal[] = [];
  const results: Record<string, unknown> = {};
  return {
    async run<T>(part: string, measure: () => Promise<T>, print: (measured: T) => Goal[]): Promise<void> {
      console.error(`${part} …`);
      const measured = await measure();
      results[part] = measured;
      goals.push(...print(measured));
    },
    /** `setting`: under what it was measured. */
    finish(name: string, setting: object): void {
      printGoals(goals);
      console.log(`\nwritten to ${writeResults(name, { ...setting, goals, ...results })}`);
    },
  };
}
