import { expect, it, onTestFinished } from "vitest";
import { createSharedCallbackRate } from "#app/server/callback/callback-rate.redis.server.ts";
import { createRedisLock } from "#app/server/lock/lock.redis.server.ts";
import { createSharedStreamCaps } from "#app/server/live/shared-stream-caps.redis.server.ts";
import { createLog } from "#app/server/log.server.ts";
import { connectRedis, type Redis } from "#app/server/redis/connect-redis.server.ts";
import { withProgram } from "../setup/engines/with-program.ts";
import { type RedisServer, startRedis } from "../support/start-redis.ts";

const BURST = 200;

withProgram("redis-server", (program) => {
  it("a job that reports to two instances has one rate for both", async () => {
    const server = await start();
    const [one, other] = [
      createSharedCallbackRate(await connect(server)),
      createSharedCallbackRate(await connect(server)),
    ];
    const at = Date.now();
    for (let n = 0; n < BURST; n++) one("job", at);
    expect(one("job", at)).toBeGreaterThan(0);
    expect(other("job", at)).toBe(0);
    await expect.poll(() => other("job", at), { interval: 20 }).toBeGreaterThan(0);
    expect(other("another", at)).toBe(0);
  });

  it("without redis each instance counts for itself", async () => {
    const server = await start();
    const rate = createSharedCallbackRate(await connect(server));
    await server.kill();
    const at = Date.now();
    for (let n = 0; n < BURST; n++) expect(rate("job", at)).toBe(0);
    expect(rate("job", at)).toBeGreaterThan(0);
  });

  it("a lock has one holder, who keeps it by asking", async () => {
    const server = await start();
    const [one, other] = [createRedisLock(await connect(server)), createRedisLock(await connect(server))];
    expect(await one.holds("retention")).toBe(true);
    expect(await other.holds("retention")).toBe(false);
    expect(await one.holds("retention")).toBe(true);
    expect(await other.holds("something else")).toBe(true);
  });

  it("a lock whose holder is gone is free after a minute", async () => {
    const server = await start();
    const [one, other] = [createRedisLock(await connect(server)), createRedisLock(await connect(server))];
    await one.holds("retention");
    const left = Number(await server.ask("PTTL", "test:lock:retention"));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
    await server.ask("PEXPIRE", "test:lock:retention", "1");
    await expect.poll(() => other.holds("retention")).toBe(true);
  });

  it("without redis everybody holds the lock", async () => {
    const server = await start();
    const [one, other] = [createRedisLock(await connect(server)), createRedisLock(await connect(server))];
    await server.kill();
    expect([await one.holds("retention"), await other.holds("retention")]).toEqual([true, true]);
  });

  it("a user has so many streams on all instances together, and a closed one makes room", async () => {
    const server = await start();
    const [one, other] = [capsOf(await connect(server)), capsOf(await connect(server))];
    const first = await one.take("anna@example.org");
    expect(await other.take("anna@example.org")).toHaveProperty("release");
    expect(await one.take("anna@example.org")).toEqual({ taken: 2 });
    expect(await other.take("anna@example.org")).toEqual({ taken: 2 });
    expect(await other.take("bert@example.org")).toHaveProperty("release");
    if ("release" in first) first.release();
    await expect.poll(() => other.take("anna@example.org"), { interval: 20 }).toHaveProperty("release");
  });

  it("the streams of an instance that is gone count no more a minute later", async () => {
    const server = await start();
    const redis = await connect(server);
    let now = Date.now();
    const one = capsOf(redis, () => now);
    for (let n = 0; n < 2; n++) await one.take("anna@example.org");
    now += 59_000;
    expect(await one.take("anna@example.org")).toEqual({ taken: 2 });
    now += 2_000;
    expect(await one.take("anna@example.org")).toHaveProperty("release");
    expect(Number(await server.ask("PTTL", "test:streams:anna@example.org"))).toBeLessThanOrEqual(60_000);
  });

  it("the streams of an instance that lives count on", async () => {
    const server = await start();
    const redis = await connect(server);
    let now = Date.now();
    let renew = (): void => {};
    const caps = capsOf(
      redis,
      () => now,
      (task) => (renew = task),
    );
    for (let n = 0; n < 2; n++) await caps.take("anna@example.org");
    now += 50_000;
    renew();
    now += 50_000;
    expect(await caps.take("anna@example.org")).toEqual({ taken: 2 });
  });

  it("without redis everybody is let in by the shared count", async () => {
    const server = await start();
    const caps = capsOf(await connect(server));
    await server.kill();
    for (let n = 0; n < 3; n++) expect(await caps.take("anna@example.org")).toHaveProperty("release");
  });

  async function start(): Promise<RedisServer> {
    const server = await startRedis(program);
    onTestFinished(server.stop);
    return server;
  }
});

function capsOf(redis: Redis, now = Date.now, onTimer: (task: () => void) => void = () => {}) {
  const every = (_: number, task: () => void) => {
    onTimer(task);
    return () => {};
  };
  return createSharedStreamCaps({ redis, streamsPerUser: 2, clock: { every }, now });
}

async function connect({ url }: RedisServer): Promise<Redis> {
  const redis = connectRedis({ url, prefix: "test:", log: createLog("silent") });
  onTestFinished(() => redis.close());
  await expect.poll(() => redis.check().then(() => "ready")).toBe("ready");
  return redis;
}
