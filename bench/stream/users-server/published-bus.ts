import { createMemoryBus as createProductBus } from "#app/server/bus/job-bus.memory.server.ts";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import { jobOf } from "../example-job.ts";
import { takeOrders } from "../take-orders.ts";

/** The product's bus, to which the bench publishes jobs over IPC, as a callback that was made durable does. */
export function createMemoryBus(onError: (error: unknown) => void): JobBus {
  const bus = createProductBus(onError);
  takeOrders((first, count, users) => {
    for (let n = first; n < first + count; n++) {
      const job = jobOf(n, users);
      bus.publish({ userEmail: job.userEmail, seq: BigInt(n + 1_000_000), job, logs: [] });
    }
  });
  return bus;
}
