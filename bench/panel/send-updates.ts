import { Agent } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Target } from "../ingest/jobs.ts";
import { postCallback } from "../ingest/post-callback.ts";

const TICK_MS = 5;
const CONNECTIONS = 8;

/**
 * Callbacks at an even pace, those of one job one after the other, as its worker sends them. Resolves with their number
 * once all are answered.
 */
export async function sendUpdates(
  targets: readonly Target[],
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const lastOf = new Map<Target, Promise<void>>();
  const begin = performance.now();
  const elapsed = (): number => (performance.now() - begin) / 1000;
  let sent = 0;

  async function send(target: Target, before: Promise<void> | undefined): Promise<void> {
    await before;
    const body = { progress: Math.min(99, target.sent), message: updateText(target.sent) };
    await postCallback(target, Buffer.from(JSON.stringify(body)), agent);
  }

  for (; elapsed() < seconds; await setTimeout(TICK_MS)) {
    for (; sent < elapsed() * perSecond; sent++) {
      const target = targets[sent % targets.length];
      if (target === undefined) continue;
      lastOf.set(target, send(target, lastOf.get(target)));
    }
  }
  await Promise.all(lastOf.values());
  agent.destroy();
  return sent;
}

/** What a worker says with its n-th callback. */
export function updateText(step: number): string {
  return `Seite ${step}`;
}
