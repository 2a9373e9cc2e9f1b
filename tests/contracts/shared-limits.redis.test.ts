import { expect, it, onTestFinished } from "vitest";
import { createSharedCallbackRate } from "#app/server/callback-rate.redis.server.ts";
import { createRedisLock } from "#app/server/lock/lock.redis.server.ts";
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

  async function start(): Promise<RedisServer> {
    const server = await startRedis(program);
    onTestFinished(server.stop);
    return server;
  }
});

async function connect({ url }: RedisServer): Promise<Redis> {
  const redis = connectRedis({ url, prefix: "test:", log: createLog("silent") });
  onTestFinished(() => redis.close());
  await expect.poll(() => redis.check().then(() => "ready")).toBe("ready");
  return redis;
}
