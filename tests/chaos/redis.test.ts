import { afterEach, beforeEach, expect, it } from "vitest";
import { type RunningServer, startServer } from "../e2e/support/start-server.ts";
import { withProgram } from "../setup/engines/with-program.ts";
import { type LossyRedis, startLossyRedis } from "../support/lossy-redis.ts";
import { type RedisServer, startRedis } from "../support/start-redis.ts";
import { runHistory } from "./run-history.ts";
import { between, pause, randomOf, seed } from "./seed.ts";
import { type ChaosViewer, watchAsClient, watchBySocket } from "./viewers.ts";

const random = randomOf(seed);

withProgram("redis-server", (program) => {
  let redis: RedisServer;
  let network: LossyRedis;
  let server: RunningServer;
  let viewers: ChaosViewer[];
  beforeEach(async () => {
    redis = await startRedis(program);
    network = await startLossyRedis(redis.port, random);
    const env = { HEARTBEAT_SECONDS: "0.5", STREAMS_PER_USER: "100", REDIS_URL: network.url };
    server = await startServer({ env });
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(200);
    viewers = await watch(server.url);
  });
  afterEach(async () => {
    for (const viewer of viewers) viewer.close();
    await server.stop();
    await network[Symbol.asyncDispose]();
    await redis.stop();
  });

  it("a redis that is killed and started again", () =>
    expectKept(async () => {
      await pause(between(random, 100, 900));
      await redis.restart();
    }));

  it("a redis that answers nobody for a while", () =>
    expectKept(
      async () => {
        redis.pause();
        await pause(between(random, 500, 6_000));
        redis.resume();
      },
      () => redis.resume(),
    ));

  it("a redis that is gone for good", () => expectKept(() => redis.kill()));

  it("subscribers that are cut off", () =>
    expectKept(async () => {
      await pause(between(random, 50, 400));
      await redis.ask("CLIENT", "KILL", "TYPE", "pubsub");
    }));

  it("half of the messages lost", async () => {
    network.losing(0.5);
    await expectKept(
      () => pause(100),
      () => network.losing(0),
    );
    expect(network.lost()).toBeGreaterThan(50);
  });

  it("every message lost, the last ones too, and nobody is told", async () => {
    network.losing(1);
    await expectKept(() => pause(100));
    expect(network.lost()).toBeGreaterThan(50);
  });

  async function expectKept(trouble: () => Promise<void>, heal: () => void = () => {}): Promise<void> {
    const run = await runHistory({ urls: [server.url], viewers, random, trouble, heal });
    console.log(`seed ${seed}: ${run.acknowledged} callbacks acknowledged, ${run.seen} events seen`);
    expect(run.broken, `CHAOS_SEED=${seed} repeats this run`).toEqual([]);
    expect(run.acknowledged).toBeGreaterThan(100);
  }
});

/** Viewers of both kinds, all from the same beginning. */
async function watch(url: string): Promise<ChaosViewer[]> {
  const beginning = await fetch(`${url}/api/external/jobs`);
  const { head }: { head: string } = await beginning.json();
  const clients = [0, 1, 2, 3].map((n) => watchAsClient(`client ${n}`, url, random));
  return [
    ...(await Promise.all(clients)),
    ...[0, 1, 2, 3].map((n) => watchBySocket(`socket ${n}`, url, head)),
  ];
}
