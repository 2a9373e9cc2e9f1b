import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Cores } from "../measure/cores.ts";
import type { Goal } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { residentMb } from "../measure/process-status.ts";
import { finalBody } from "./bodies.ts";
import { spread } from "./cells.ts";
import { checkNoneLost, registerJobs } from "./jobs.ts";
import { postCallback } from "./post-callback.ts";
import { runLoad } from "./run-load.ts";
import { startServer } from "./servers.ts";

const FINALS = 100;
const FINAL_BYTES = 8 * 1024 * 1024;
const SAMPLE_MS = 20;
const IDLE_MS = 15_000;
const RISE_GOAL_MB = 150;
const RETURN_GOAL_MB = 50;

/** Resident memory of the server in MB before, at its peak, and after some idle seconds. */
export type MemoryUse = { inFlight: number; seconds: number; before: number; peak: number; after: number };

/** A fresh server that has taken a second of small callbacks, one at a time: then a hundred finals of 8 MB. */
export async function measureLargeFinals(cores: Cores | undefined, inFlight: number): Promise<MemoryUse> {
  await using server = await startServer("product", { core: cores?.server });
  const resident = (): number => residentMb(server.pid) ?? Number.NaN;
  const cell = { jobs: "different", inFlight: 1, keepAlive: true } as const;
  const load = await spread(server.url, cell, 1);
  await runLoad({ ...cell, ...load, seconds: 1, serverPid: server.pid, cores });
  const targets = await registerJobs(server.url, FINALS);
  const body = finalBody(FINAL_BYTES);
  await wait(2_000);

  const before = resident();
  let peak = before;
  const sampling = setInterval(() => (peak = Math.max(peak, resident())), SAMPLE_MS);
  const agent = new Agent({ keepAlive: false });
  const left = targets.values();
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    for (const target of left) await postCallback(target, body, agent);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  checkNoneLost(targets);
  await wait(IDLE_MS);
  clearInterval(sampling);
  return { inFlight, seconds, before, peak, after: resident() };
}

export function printLargeFinals(uses: readonly MemoryUse[]): Goal[] {
  printTable(`${FINALS} finals of 8 MB: resident memory of the server, MB`, [
    ["at once", "seconds", "before", "peak", "rise", `after ${IDLE_MS / 1000} s`, "rise left"],
    ...uses.map(({ inFlight, seconds, before, peak, after }) => [
      String(inFlight),
      seconds.toFixed(1),
      ...[before, peak, peak - before, after, after - before].map((mb) => mb.toFixed(0)),
    ]),
  ]);
  return uses.flatMap(({ inFlight, before, peak, after }) => [
    goal(`100 finals of 8 MB, ${inFlight} at once: rise of memory`, peak - before, RISE_GOAL_MB),
    goal(`the same, what is left after idling`, after - before, RETURN_GOAL_MB),
  ]);
}

function goal(name: string, mb: number, limit: number): Goal {
  return { name, wanted: `< ${limit} MB`, measured: `${mb.toFixed(0)} MB`, met: mb < limit };
}
