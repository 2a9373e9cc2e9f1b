import { Agent } from "node:http";
import type { Cores } from "../measure/cores.ts";
import { cpuMs } from "../measure/process-status.ts";
import { quantile } from "../measure/statistics.ts";
import { watchOthers } from "../measure/watch-others.ts";
import { progressBody } from "./bodies.ts";
import { checkNoneLost, type Target } from "./jobs.ts";
import { postCallback } from "./post-callback.ts";

/** What one run showed. Times in ms; `cpuMicros`: processor time of the server per callback; `clientBusy`: 0 to 1. */
export type Run = {
  count: number;
  perSecond: number;
  p50: number;
  p99: number;
  cpuMicros: number;
  clientBusy: number;
  /** Share of our cores that somebody else had. */
  others: number;
};

/** How the callbacks are spread over jobs: a source of targets, exhausted when it gives undefined. */
export type NextTarget = () => Target | undefined;

let bodies = 0;

/** Keeps so many callbacks in flight for so many seconds, or until there are no targets left. */
export async function runLoad(options: {
  targets: readonly Target[];
  next: NextTarget;
  inFlight: number;
  seconds: number;
  keepAlive: boolean;
  serverPid: number;
  cores: Cores | undefined;
}): Promise<Run> {
  const { targets, next, inFlight, seconds, keepAlive, serverPid, cores } = options;
  const agent = new Agent({ keepAlive, maxSockets: inFlight });
  const latencies: number[] = [];
  const seen = watchOthers(cores, serverPid);
  const serverBefore = cpuMs(serverPid);
  const clientBefore = process.cpuUsage();
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() - startedAt < seconds * 1000) {
      const target = next();
      if (target === undefined) return;
      latencies.push(await postCallback(target, progressBody(bodies++), agent));
    }
  };
  try {
    await Promise.all(Array.from({ length: inFlight }, worker));
  } finally {
    agent.destroy();
  }
  const elapsedMs = performance.now() - startedAt;
  const client = process.cpuUsage(clientBefore);
  const others = seen();
  checkNoneLost(targets);
  const count = latencies.length;
  return {
    count,
    perSecond: (count / elapsedMs) * 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpuMicros: ((cpuMs(serverPid) - serverBefore) * 1000) / count,
    clientBusy: (client.user + client.system) / 1000 / elapsedMs,
    others,
  };
}
