import { defineConfig } from "vitest/config";
import { createSummaryReporter } from "./tests/setup/summary-reporter.ts";

const onCI = Boolean(process.env.CI);

/** What is waited for comes when it comes, on a busy machine too: a timeout ends what hangs, and measures nothing. */
const patient = { testTimeout: 240_000, hookTimeout: 240_000, expect: { poll: { timeout: 60_000 } } };

/** Twice as many as a small machine has cores: most of the time these wait. Projects of one group go by their names. */
const besideEachOther = { maxWorkers: 4, maxConcurrency: 20, sequence: { groupOrder: 1 } };

/**
 * Four projects: `unit` beside the sources; `contracts` of the ports; `e2e` with real processes and a browser; `chaos`,
 * the same while things break. What waits most begins first, since a file that begins last is waited for by all.
 */
export default defineConfig({
  test: {
    reporters: ["default", createSummaryReporter({ refuseSkipped: onCI })],
    allowOnly: !onCI,
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "{app,cli,scripts}/**/*.test.{ts,tsx}",
            "tests/*.test.ts",
            "tests/{routes,properties}/**/*.test.ts",
          ],
          setupFiles: ["tests/setup/fail-on-console.ts"],
          ...patient,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "contracts",
          include: ["tests/contracts/**/*.test.ts"],
          setupFiles: ["tests/setup/fail-on-console.ts"],
          ...patient,
          ...besideEachOther,
        },
      },
      ...["chaos", "e2e"].map((name) => ({
        test: { name, include: [`tests/${name}/**/*.test.ts`], ...patient, ...besideEachOther },
      })),
    ],
  },
});
