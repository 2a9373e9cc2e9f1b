import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createRedisBus } from "#app/server/bus/job-bus.redis.server.ts";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import { createLog } from "#app/server/log.server.ts";
import { connectRedis } from "#app/server/redis/connect-redis.server.ts";
import { withProgram } from "../setup/engines/with-program.ts";
import { type RedisServer, startRedis, startSentinel } from "../support/start-redis.ts";
import { aFact, type BusUnderTest, describeJobBus } from "./job-bus.suite.ts";
import { ANNA, BERT } from "./stored-jobs.ts";

withProgram("redis-server", (program) => {
  describeJobBus("redis, one server", async () => {
    const server = await startRedis(program);
    return openBus(server, server.url, server.stop);
  });

  describe("one cluster", () => {
    let server: RedisServer;
    beforeAll(async () => {
      server = await startRedis(program, ["--cluster-enabled", "yes"]);
      await server.ask("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      // It takes its time, 2 s, before it takes anything else.
      const isReadyToServe = async () => String(await server.ask("CLUSTER", "INFO")).includes("state:ok");
      await vi.waitUntil(isReadyToServe, { timeout: 60_000, interval: 100 });
    });
    afterAll(() => server.stop());

    describeJobBus("redis, a cluster", () =>
      openBus(server, server.url.replace("redis:", "redis+cluster:"), () => Promise.resolve()),
    );
  });

  describeJobBus("redis, by a sentinel", async () => {
    const server = await startRedis(program);
    const sentinel = await startSentinel(program, server);
    return openBus(server, sentinel.url, async () => {
      await sentinel.stop();
      await server.stop();
    });
  });

  describe("a bus over redis", () => {
    it("hears every sender of its deployment, and none of another prefix", async () => {
      const server = await start();
      const [hearing, telling, other] = [busAt(server), busAt(server), busAt(server, "other:")];
      const seen = await listen(hearing, server);
      other.publish(aFact(ANNA, 1n));
      telling.publish(aFact(ANNA, 2n));
      hearing.publish(aFact(ANNA, 3n));
      await expect.poll(() => seen.seqs.toSorted()).toEqual([2n, 3n]);
    });

    it("keeps one channel a user for all listeners, for a moment longer than the last of them", async () => {
      const server = await start();
      const bus = busAt(server);
      const stops = [ANNA, ANNA, BERT].map((user) => bus.subscribe(user, () => {}));
      await expect.poll(() => server.ask("PUBSUB", "CHANNELS", "test:jobs:*")).toHaveLength(2);
      stops[0]?.();
      stops[2]?.();
      await expect.poll(() => channels(server)).toEqual([`test:jobs:${ANNA}`]);
      stops[1]?.();
      bus.subscribe(ANNA, () => {});
      await sleep(2_500);
      expect(await channels(server)).toEqual([`test:jobs:${ANNA}`]);
    });

    it("tells when a subscription is in force, and again when its connection was cut and is back", async () => {
      const server = await start();
      const seen = await listen(busAt(server), server);
      await expect.poll(() => seen.lost).toBeGreaterThan(0);
      const before = seen.lost;
      await server.ask("CLIENT", "KILL", "TYPE", "pubsub");
      await expect.poll(() => seen.lost).toBeGreaterThan(before);
      seen.bus.publish(aFact(ANNA, 9n));
      await expect.poll(() => seen.seqs).toContain(9n);
    });

    it("says that it is away while redis is dead, throws at nobody, and comes back with a restarted one", async () => {
      const server = await start();
      const seen = await listen(busAt(server), server);
      await server.kill();
      for (let n = 1n; n <= 5_000n; n++) seen.bus.publish(aFact(ANNA, n));
      await expect.poll(() => isReady(seen.bus)).toBe(false);
      const before = seen.lost;
      await server.restart();
      await expect.poll(() => isReady(seen.bus)).toBe(true);
      expect(seen.lost).toBeGreaterThan(before);
      seen.bus.publish(aFact(ANNA, 9_000n));
      await expect.poll(() => seen.seqs).toContain(9_000n);
    });

    it("says that it is away while redis answers nobody, and flows again", async () => {
      const server = await start();
      const seen = await listen(busAt(server), server);
      server.pause();
      for (let n = 1n; n <= 5_000n; n++) seen.bus.publish(aFact(ANNA, n));
      await expect.poll(() => isReady(seen.bus)).toBe(false);
      server.resume();
      await expect.poll(() => isReady(seen.bus)).toBe(true);
      seen.bus.publish(aFact(ANNA, 9_000n));
      await expect.poll(() => seen.seqs).toContain(9_000n);
    });

    it("waits for a redis that is not there yet", async () => {
      const server = await start();
      await server.kill();
      const bus = busAt(server);
      expect(await isReady(bus)).toBe(false);
      const seqs: bigint[] = [];
      bus.subscribe(ANNA, ({ seq }) => seqs.push(seq));
      await server.restart();
      await expect.poll(() => isReady(bus)).toBe(true);
      bus.publish(aFact(ANNA, 1n));
      await expect.poll(() => seqs).toEqual([1n]);
    });

    it("reports a message it cannot read", async () => {
      const server = await start();
      const errors: unknown[] = [];
      const bus = busAt(server, "test:", errors);
      const seen = await listen(bus, server);
      await server.ask("PUBLISH", `test:jobs:${ANNA}`, "{}");
      bus.publish(aFact(ANNA, 1n));
      await expect.poll(() => seen.seqs).toEqual([1n]);
      expect(errors).toHaveLength(1);
    });
  });

  async function start(): Promise<RedisServer> {
    const server = await startRedis(program);
    onTestFinished(server.stop);
    return server;
  }
});

function busAt({ url }: RedisServer, prefix = "test:", errors: unknown[] = []): JobBus {
  const redis = connectRedis({ url, prefix, log: createLog("silent") });
  const bus = createRedisBus({ redis, onError: (error) => errors.push(error) });
  onTestFinished(async () => {
    await bus.close();
    redis.close();
  });
  return bus;
}

/** What Anna's listener is told, from when on it is in force. */
async function listen(bus: JobBus, server: RedisServer) {
  const seen = { bus, seqs: [] as bigint[], lost: 0 };
  bus.subscribe(
    ANNA,
    ({ seq }) => seen.seqs.push(seq),
    () => (seen.lost += 1),
  );
  await expect.poll(() => channels(server)).toContain(`test:jobs:${ANNA}`);
  await expect.poll(() => isReady(bus)).toBe(true);
  return seen;
}

async function channels(server: RedisServer): Promise<unknown> {
  return server.ask("PUBSUB", "CHANNELS", "test:jobs:*");
}

function isReady(bus: JobBus): Promise<boolean> {
  return bus.check().then(
    () => true,
    () => false,
  );
}

async function openBus(server: RedisServer, url: string, stop: () => Promise<void>): Promise<BusUnderTest> {
  const errors: unknown[] = [];
  const prefix = `${randomUUID()}:`;
  const redis = connectRedis({ url, prefix, log: createLog("silent") });
  const bus = createRedisBus({ redis, onError: (error) => errors.push(error) });
  await expect.poll(() => isReady(bus)).toBe(true);
  const users = new Set<string>();
  return {
    bus: {
      ...bus,
      subscribe(userEmail, ...rest) {
        users.add(userEmail);
        return bus.subscribe(userEmail, ...rest);
      },
    },
    reported: () => errors,
    async settled() {
      for (const user of users)
        await expect
          .poll(() => server.ask("PUBSUB", "NUMSUB", `${prefix}jobs:${user}`))
          .toEqual([`${prefix}jobs:${user}`, 1]);
    },
    async dispose() {
      await bus.close();
      redis.close();
      await stop();
    },
  };
}
