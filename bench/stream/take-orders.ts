import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

const count = z.int().positive();

/** What the bench asks of a server process, over IPC. */
export const orderSchema = z.discriminatedUnion("kind", [
  /** So many updates for each of the users, in one turn. */
  z.object({ kind: z.literal("burst"), users: count, count }),
  /**
   * Updates one by one for one user after the other, and `forFirst` a second more for the first of them. A dry one
   * publishes nothing, to see what the asking costs.
   */
  z.object({
    kind: z.literal("rate"),
    users: count,
    perSecond: count,
    forFirst: z.int().min(0),
    seconds: z.number(),
    isDry: z.boolean(),
  }),
  /** Processor time it has used. */
  z.object({ kind: z.literal("cpu") }),
  /** What it holds in memory after garbage was collected. */
  z.object({ kind: z.literal("memory") }),
  /** How often the repository was read for the feeds. */
  z.object({ kind: z.literal("reads") }),
]);
export type Order = z.infer<typeof orderSchema>;

/** Microseconds since the start of the process, and resident bytes. */
export const cpuSchema = z.object({ cpuUs: z.number() });
export const memorySchema = z.object({ rss: z.number() });
export const readsSchema = z.object({ heads: z.int(), changes: z.int() });

/** Reads of heads, and of changes after a position, from the repository of this process. */
export const reads: z.infer<typeof readsSchema> = { heads: 0, changes: 0 };

/** Publishes the updates from number `first` on, `count` of them, as one process does within one turn. */
export type Publish = (first: number, count: number, users: number) => void;

/** Carries out what the bench orders, one order at a time, and answers each when it is done. */
export function takeOrders(publish: Publish): void {
  let next = 0;

  async function atRate({ users, perSecond, forFirst, seconds, isDry }: Extract<Order, { kind: "rate" }>) {
    const startedAt = performance.now();
    const sent = { all: 0, first: 0 };
    const upTo = (rate: number, ms: number): number =>
      Math.floor((Math.min(ms, seconds * 1000) / 1000) * rate);
    for (let ms = 0; ms < seconds * 1000;) {
      ms = performance.now() - startedAt;
      for (; sent.all < upTo(perSecond, ms); sent.all++) if (!isDry) publish(next++, 1, users);
      for (; sent.first < upTo(forFirst, ms); sent.first++) if (!isDry) publish(next++, 1, 1);
      await wait(1);
    }
    return { sent: sent.all + sent.first };
  }

  async function carryOut(order: Order): Promise<object> {
    switch (order.kind) {
      case "burst": {
        const updates = order.count * order.users;
        publish(next, updates, order.users);
        next += updates;
        return { sent: updates };
      }
      case "rate":
        return atRate(order);
      case "cpu": {
        const { user, system } = process.cpuUsage();
        return { cpuUs: user + system };
      }
      case "memory":
        globalThis.gc?.();
        globalThis.gc?.();
        return { rss: process.memoryUsage.rss() };
      case "reads":
        return reads;
    }
  }

  process.on("message", (message) => {
    carryOut(orderSchema.parse(message)).then(
      (answer) => process.send?.(answer),
      (error: unknown) => setImmediate(() => Promise.reject(error)),
    );
  });
}
