import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createJobsApi } from "#app/client/jobs-api.ts";
import { type Cluster, startCluster } from "../../scripts/cluster/start-cluster.ts";
import { withProgram } from "../setup/engines/with-program.ts";
import { type LossyRedis, startLossyRedis } from "../support/lossy-redis.ts";
import { failChangeStreams, killChangeStreams } from "../support/mongo-faults.ts";
import { type ReplicaSet, startReplicaSet } from "../support/start-replica-set.ts";
import { type RedisServer, startRedis } from "../support/start-redis.ts";
import { withMongo } from "../support/with-mongo.ts";
import { runHistory, type Trouble } from "./run-history.ts";
import { between, pause, randomOf, seed } from "./seed.ts";
import { type ChaosViewer, watchAsClient, watchBySocket } from "./viewers.ts";

const random = randomOf(seed);

let set: ReplicaSet;
let cluster: Cluster;
let viewers: ChaosViewer[];
let removed: Set<string>;

withProgram("nginx", (nginx) =>
  withMongo(() => {
    describe("two instances that share a change stream", () => {
      beforeAll(async () => {
        set = await startReplicaSet(1);
        cluster = await startCluster({ nginx, env: shared(), count: 2 });
      });
      afterAll(stopAll);
      watching();

      it("whose cursors are killed", () =>
        expectKept(async () => {
          await pause(between(random, 100, 500));
          await killChangeStreams(set);
        }));

      it("whose place in the log is gone", () =>
        expectKept(async () => {
          await pause(between(random, 100, 500));
          await failChangeStreams(set);
        }));

      it("with a database that is killed and started again", () =>
        expectKept(async (more) => {
          await more(between(random, 20, 120));
          await set.members[0]?.restart();
        }));

      it("with a database that answers nobody for ten seconds", () =>
        expectKept(
          onlyOnce(async () => {
            set.members[0]?.pause();
            await pause(10_000);
            set.members[0]?.resume();
          }),
        ));

      it("one of which is killed, the other rolled", () =>
        expectKept(async () => {
          for (const [n, instance] of cluster.instances.entries()) {
            await pause(between(random, 100, 600));
            await instance.kill(n === 0 ? "SIGKILL" : "SIGTERM");
            await instance.restart();
          }
        }));
    });

    describe("two instances on a replica set of three", () => {
      beforeAll(async () => {
        set = await startReplicaSet(3);
        cluster = await startCluster({ nginx, env: shared(), count: 2 });
      });
      afterAll(stopAll);
      watching();

      it("whose primary steps down", () =>
        expectKept(async (more) => {
          await more(between(random, 20, 80));
          await set.stepDown();
          await set.primary();
        }));

      it("whose primary is killed", () =>
        expectKept(async (more) => {
          await more(between(random, 20, 80));
          const primary = await set.primary();
          await primary.kill();
          await set.primary();
          await primary.restart();
        }));
    });

    withProgram("redis-server", (program) => {
      describe("three instances that share a Redis", () => {
        let redis: RedisServer;
        let network: LossyRedis;
        beforeAll(async () => {
          set = await startReplicaSet(1);
          redis = await startRedis(program);
          network = await startLossyRedis(redis.port, random);
          cluster = await startCluster({ nginx, env: { ...shared(), REDIS_URL: network.url }, count: 3 });
        });
        afterAll(async () => {
          await stopAll();
          await network[Symbol.asyncDispose]();
          await redis.stop();
        });
        watching();

        it("that is killed and started again", () =>
          expectKept(async () => {
            await pause(between(random, 100, 900));
            await redis.restart();
          }));

        it("that answers nobody for thirty seconds", () =>
          expectKept(
            onlyOnce(async () => {
              redis.pause();
              await pause(30_000);
              redis.resume();
            }),
          ));

        it("whose subscribers are cut off", () =>
          expectKept(async () => {
            await pause(between(random, 50, 400));
            await redis.ask("CLIENT", "KILL", "TYPE", "pubsub");
          }));

        it("that loses half of its messages", async () => {
          network.losing(0.5);
          await expectKept(
            () => pause(100),
            () => network.losing(0),
          );
          expect(network.lost()).toBeGreaterThan(50);
        });
      });
    });
  }),
);

function shared(): Record<string, string> {
  return { MONGODB_URI: set.uri, HEARTBEAT_SECONDS: "0.5", STREAMS_PER_USER: "100", LOG_LEVEL: "warn" };
}

async function stopAll(): Promise<void> {
  await cluster.stop();
  await set.stop();
}

/** The same user on every instance: through the proxy, and on each by itself, all from the same beginning. */
function watching(): void {
  beforeEach(async () => {
    await removeAll(cluster.url);
    const urls = [cluster.url, cluster.url, ...cluster.instances.map(({ url }) => url)];
    const beginning = await fetch(`${cluster.url}/api/external/jobs`);
    const { head }: { head: string } = await beginning.json();
    const clients = await Promise.all(urls.map((url, n) => watchAsClient(`client ${n}`, url, random)));
    viewers = [...clients, ...urls.map((url, n) => watchBySocket(`socket ${n}`, url, head))];
  });
  afterEach(() => {
    for (const viewer of viewers) viewer.close();
  });
}

/** What an earlier run left: its jobs have ended. */
async function removeAll(url: string): Promise<void> {
  const api = createJobsApi({ baseUrl: url });
  removed = new Set();
  for (;;) {
    const { items } = await api.list({ limit: 50 });
    if (items.length === 0) return;
    for (const { jobId } of items) {
      await api.remove(jobId);
      removed.add(jobId);
    }
  }
}

function onlyOnce(trouble: () => Promise<void>): () => Promise<void> {
  let once: Promise<void> | undefined;
  return () => (once ??= trouble());
}

async function expectKept(trouble: Trouble, heal: () => void = () => {}): Promise<void> {
  const run = await runHistory({ urls: [cluster.url], viewers, removed, random, trouble, heal });
  console.log(`seed ${seed}: ${run.acknowledged} callbacks acknowledged, ${run.seen} events seen`);
  expect(run.broken, `CHAOS_SEED=${seed} repeats this run`).toEqual([]);
  expect(run.acknowledged).toBeGreaterThan(100);
}
