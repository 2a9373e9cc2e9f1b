import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "mongodb";
import { createMongoLock } from "#app/server/lock/lock.mongo.server.ts";

const ASK_EVERY_MS = 200;
const RENEW_EVERY_MS = 20_000;

/** Does the work while nobody else does work of this name on the database; waits for whoever is at it. */
export async function withLease(db: Db, name: string, work: () => Promise<void>): Promise<void> {
  const lock = createMongoLock({ db });
  while (!(await lock.holds(name))) await sleep(ASK_EVERY_MS);
  const renewing = setInterval(() => void lock.holds(name).catch(() => {}), RENEW_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(renewing);
    await lock.release(name);
  }
}
