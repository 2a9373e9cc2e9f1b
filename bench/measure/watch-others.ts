import type { Cores } from "./cores.ts";
import { coreMs, cpuMs } from "./process-status.ts";

/**
 * How much of the time since the call somebody else had our cores: the larger share of the two, 0 to 1. What the
 * kernel does for us on the network counts as somebody else's too, so a calm machine shows some hundredths.
 */
export function watchOthers(cores: Cores | undefined, serverPid: number): () => number {
  if (cores === undefined) return () => 0;
  const startedAt = performance.now();
  const before = others(cores, serverPid);
  return () => {
    const after = others(cores, serverPid);
    const elapsedMs = performance.now() - startedAt;
    return Math.max(...after.map((ms, index) => (ms - (before[index] ?? 0)) / elapsedMs));
  };
}

function others(cores: Cores, serverPid: number): [server: number, client: number] {
  return [coreMs(cores.server) - cpuMs(serverPid), coreMs(cores.client) - cpuMs(process.pid)];
}
