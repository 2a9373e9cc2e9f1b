// @ts-check
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

/**
 * `node scripts/chaos.mjs [--times 20] [--seed N]` runs the chaos suite so often, each time with another seed, one line
 * a run; stops at the first that fails with all it printed. `CHAOS_SEED=N npm test -- tests/chaos` repeats one.
 */
const { values } = parseArgs({
  options: {
    times: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 1e9) },
  },
});

for (let run = 0; run < Number(values.times); run++) {
  const seed = Number(values.seed) + run;
  const { status, stdout, stderr } = spawnSync("vitest", ["run", "--project", "chaos"], {
    env: { ...process.env, CHAOS_SEED: String(seed), NO_COLOR: "1" },
    encoding: "utf8",
  });
  const [summary = "no summary"] = /^\d+ passed, \d+ failed/m.exec(stdout) ?? [];
  console.log(`run ${run + 1} of ${values.times}, seed ${seed}: ${summary}`);
  if (status === 0) continue;
  console.error(stdout + stderr);
  process.exit(1);
}
