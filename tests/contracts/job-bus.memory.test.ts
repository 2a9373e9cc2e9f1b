import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import { describeJobBus } from "./job-bus.suite.ts";

describeJobBus("memory", async () => {
  const errors: unknown[] = [];
  const bus = createMemoryBus((error) => errors.push(error));
  return { bus, reported: () => errors, dispose: () => bus.close() };
});
