import { defineConfig } from "vitest/config";
import { createSummaryReporter } from "./tests/setup/summary-reporter.ts";

const onCI = Boolean(process.env.CI);

/** What is waited for comes when it comes, on a busy machine too. */
const expect = { poll: { timeout: 20_000 } };

/** Three projects: `unit` beside the sources, `contracts` of the ports, `e2e` with real processes and a browser. */
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
          testTimeout: 30_000,
          expect,
        },
      },
      {
        test: {
          name: "contracts",
          include: ["tests/contracts/**/*.test.ts"],
          setupFiles: ["tests/setup/fail-on-console.ts"],
          testTimeout: 30_000,
          expect,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/{e2e,chaos}/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect,
          // Most of the time these wait for something; more at once would take each other's time.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
