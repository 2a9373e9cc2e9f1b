import type { SerializedError } from "vitest";
import type { Reporter, TestModule } from "vitest/node";

/**
 * The last line of a run: `N passed, N failed`, and `, N skipped` if any. A file or a hook that failed counts as one
 * failure, so does an error outside of every test. The run fails when nothing ran and, on CI, when anything was skipped.
 */
export function createSummaryReporter({ refuseSkipped }: { refuseSkipped: boolean }): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      const { passed, failed, skipped } = count(modules, errors);
      if (failed > 0 || passed === 0 || (refuseSkipped && skipped > 0)) process.exitCode = 1;
      if (refuseSkipped && skipped > 0)
        console.error("A skipped test is a failure on CI: run it or remove it.");
      console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
    },
  };
}

function count(modules: readonly TestModule[], errors: readonly SerializedError[]) {
  const total = { passed: 0, failed: errors.length, skipped: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      total[state === "pending" ? "failed" : state] += 1;
    }
    for (const suite of [module, ...module.children.allSuites()]) {
      if (suite.errors().length > 0) total.failed += 1;
    }
  }
  return total;
}
