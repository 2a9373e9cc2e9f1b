import { createInterface } from "node:readline";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { readJob, registerJob, sendCallback } from "../../tests/e2e/support/jobs.ts";

const JOBMON = join(import.meta.dirname, "../../cli/jobmon.js");
const JOBS = 500;
const UPDATES = 200;
const IN_FLIGHT = 32;

/**
 * 100,000 callbacks to 500 jobs through one `tail -o ndjson`. States of one job may be merged on their way, so what must
 * hold is told of the jobs: each one's last revision has come, its end included, and no revision twice or backwards.
 */
export async function runFlood(url: string): Promise<void> {
  const jobs = await Promise.all(Array.from({ length: JOBS }, () => registerJob(url)));
  const tail = spawn(process.execPath, [JOBMON, "tail", "--until-idle", "-o", "ndjson", "--url", url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const revisions = new Map<string, number[]>();
  let lines = 0;
  const read = createInterface({ input: tail.stdout }).on("line", (line) => {
    const { jobId, revision }: { jobId: string; revision: number } = JSON.parse(line);
    lines++;
    revisions.set(jobId, [...(revisions.get(jobId) ?? []).slice(-1), revision]);
    const [before, after] = revisions.get(jobId) ?? [];
    if (before !== undefined && after !== undefined && after <= before) throw new Error(`back: ${line}`);
  });
  while (revisions.size < JOBS) await new Promise(setImmediate);

  const startedAt = performance.now();
  let sent = 0;
  async function hand(): Promise<void> {
    for (let at = sent++; at < JOBS * UPDATES; at = sent++) {
      const job = jobs[at % JOBS];
      const n = Math.floor(at / JOBS) + 1;
      if (job === undefined) continue;
      const last = n === UPDATES;
      await sendCallback(
        job,
        last ? { phase: "completed", data: {} } : { seq: n, progress: n / 2, message: `${n}` },
      );
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, hand));
  const seconds = (performance.now() - startedAt) / 1000;
  const [code] = await Promise.all([
    new Promise((resolve) => tail.once("close", resolve)),
    new Promise((resolve) => read.once("close", resolve)),
  ]);

  let missing = 0;
  for (const { jobId } of jobs) {
    const { revision, status } = await readJob(url, jobId);
    if (status !== "completed" || revisions.get(jobId)?.at(-1) !== revision) missing++;
  }
  console.log(
    `\n${sent - IN_FLIGHT} callbacks in ${seconds.toFixed(1)} s to ${JOBS} jobs: ${lines} lines, ` +
      `${JOBS - missing} of ${JOBS} jobs with their last revision, tail ended with ${String(code)}`,
  );
  if (missing > 0) process.exitCode = 1;
}
