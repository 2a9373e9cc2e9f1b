import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { registerJob } from "../../tests/e2e/support/jobs.ts";
import { startServer } from "../../tests/e2e/support/start-server.ts";
import { atMost, printGoals } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { formatSpread, spreadOf } from "../measure/statistics.ts";
import { writeResults } from "../measure/write-results.ts";
import { runFlood } from "./flood.ts";

/**
 * `npm run bench:cli`: how long the terminal client takes to its first output, beside a bare `node -e 0`, in turns; and
 * whether 100,000 updates come through `tail -o ndjson`. `-- --only start` or `-- --only flood` runs one of the two.
 */
const ROUNDS = 21;
const JOBMON = join(import.meta.dirname, "../../cli/jobmon.js");
const only = process.argv[process.argv.indexOf("--only") + 1];

await using server = await startServer();
// The flood first: it ends when nothing runs any more.
if (only !== "start") await runFlood(server.url);
if (only !== "flood") await measureStart();

async function measureStart(): Promise<void> {
  await registerJob(server.url);
  const variants: Record<string, string[]> = {
    "node -e 0": ["-e", "0"],
    "jobmon --version": [JOBMON, "--version"],
    "jobmon --help": [JOBMON, "--help"],
    "jobmon list": [JOBMON, "list", "--url", server.url],
    "jobmon tail": [JOBMON, "tail", "--url", server.url],
  };
  const times = Object.fromEntries(Object.keys(variants).map((name): [string, number[]] => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, args] of Object.entries(variants)) {
      const ms = await firstOutputMs(args);
      if (round >= 0) times[name]?.push(ms);
    }
  }
  const bare = spreadOf(times["node -e 0"] ?? []).median;
  printTable("Milliseconds to the first output (of node -e 0: to its end)", [
    ["", "median (least–most)", "× bare"],
    ...Object.entries(times).map(([name, values]) => [
      name,
      formatSpread(spreadOf(values), 1),
      (spreadOf(values).median / bare).toFixed(2),
    ]),
  ]);
  const ratios = (name: string): number[] => (times[name] ?? []).map((ms) => ms / bare);
  printGoals([
    atMost("jobmon --version", ratios("jobmon --version"), 2, " × bare"),
    atMost("jobmon --help", ratios("jobmon --help"), 2, " × bare"),
    atMost("jobmon tail", ratios("jobmon tail"), 2, " × bare"),
    atMost("jobmon tail to its first output", times["jobmon tail"] ?? [], 150, " ms"),
  ]);
  console.log(`\nWritten: ${writeResults("cli-start", { times })}`);
}

/** From the start of the process to its first byte, or to its end where it writes none. */
async function firstOutputMs(args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "close");
  await Promise.race([once(child.stdout, "data"), ended]);
  const ms = performance.now() - startedAt;
  child.kill("SIGKILL");
  await ended;
  return ms;
}
