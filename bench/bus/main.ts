import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { MongoMemoryReplSet } from "mongodb-memory-server-core";
import { z } from "zod";
import { newJob } from "#app/domain/new-job.ts";
import { createRedisBus } from "#app/server/bus/job-bus.redis.server.ts";
import { createLog } from "#app/server/log.server.ts";
import { connectRedis } from "#app/server/redis/connect-redis.server.ts";
import { spawnProgram, temporaryFolder } from "../../tests/e2e/support/spawn-jobmon.ts";
import { freePort } from "../../tests/support/free-port.ts";
import { type Child, startChild } from "../measure/child.ts";
import { printTable } from "../measure/print-table.ts";
import { cpuMs } from "../measure/process-status.ts";
import { quantile } from "../measure/statistics.ts";
import { now, userOf, USERS } from "./users.ts";

/**
 * `npm run bench:bus`: what a listening instance with 2,000 users costs, over a change stream and over Redis, at
 * the same rate of writes. Prints a row a variant; `none` is the writer alone. Needs redis-server and a mongod.
 */
const RATE = 400;
const SECONDS = 8;
const INSTANCES = [1, 3];

const mongo = await MongoMemoryReplSet.create({
  replSet: { count: 1, storageEngine: "wiredTiger", args: ["--wiredTigerCacheSizeGB", "0.25"] },
});
const mongodPid = mongo.servers[0]?.instanceInfo?.instance.mongodProcess?.pid ?? 0;
const client = await MongoClient.connect(mongo.getUri());
const database = randomUUID();
const jobs = client.db(database).collection<{ _id: string; logs: object[] }>("external_jobs");
await using folder = await temporaryFolder();
const port = await freePort();
const redis = spawnProgram("redis-server", ["--port", String(port), "--save", ""], { cwd: folder.path });
const url = `redis://127.0.0.1:${port}`;
const log = createLog("silent");
const link = connectRedis({ url, prefix: "bench:", log });
const bus = createRedisBus({ redis: link, onError: console.error });
while (
  !(await link.check().then(
    () => true,
    () => false,
  ))
)
  await sleep(50);

const stored = Array.from({ length: USERS }, (_, n) => {
  const request = { title: "Jahresbericht 2026.pdf", stallAfterSeconds: 300, timeoutSeconds: 3600 };
  return newJob(request, { jobId: `job-${n}`, userEmail: userOf(n), at: new Date().toISOString() });
});
const lineOf = (message: string) => ({ timestamp: new Date(), level: "info", phase: "processing", message });
await jobs.insertMany(
  stored.map(({ jobId, createdAt, updatedAt, ...job }) => ({
    _id: jobId,
    ...job,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    logs: Array.from({ length: 50 }, (_, n) => lineOf(`Seite ${n} von 1000, Tabellen erkannt`)),
  })),
);

/** One callback, as it is written; resolves with how long the database took for it. */
async function write(n: number, isPublished: boolean): Promise<number> {
  const job = stored[n % USERS];
  if (job === undefined) throw new Error("there is a job for every user");
  const [message, at] = [String(now()), new Date()];
  const revision = Math.floor(n / USERS) + 1;
  await jobs.updateOne(
    { _id: job.jobId },
    {
      $set: { message, progress: n % 100, status: "running", updatedAt: at, lastCallbackAt: at, revision },
      $currentDate: { seq: { $type: "timestamp" } },
      $push: { logs: { $each: [lineOf(message)], $slice: -50 } },
      $inc: { logCount: 1 },
    },
    { writeConcern: { w: "majority" } },
  );
  const took = now() - Number(message);
  const next = { ...job, message, progress: n % 100, revision };
  const logs = [{ timestamp: at.toISOString(), level: "info" as const, message }];
  if (isPublished) bus.publish({ userEmail: job.userEmail, seq: BigInt(n + 1), job: next, logs });
  return took;
}

async function measure(kind: "none" | "mongo" | "redis", instances: number) {
  const args = kind === "mongo" ? [mongo.getUri(), database] : [url];
  const children: Child[] = Array.from({ length: instances }, () =>
    startChild(["bench/bus/listen.ts", kind, ...args]),
  );
  await Promise.all(children.map((child) => child.waitFor(/listening/)));
  const isPublished = kind === "redis";
  await run(1, isPublished);
  await Promise.all(children.map((child) => child.ask({})));
  const pids = [mongodPid, redis.pid, process.pid, ...children.map(({ pid }) => pid)];
  const before = pids.map(cpuMs);
  const acks = await run(SECONDS, isPublished);
  await sleep(500);
  const [mongod = 0, server = 0, writer = 0, ...listening] = pids.map(
    (pid, i) => cpuMs(pid) - (before[i] ?? 0),
  );
  const answers = await Promise.all(children.map((child) => child.ask({})));
  const heard = answers.flatMap((answer) => z.array(z.number()).parse(answer));
  for (const child of children) await child.stop();
  const updates = RATE * SECONDS;
  const us = (ms: number) => ((ms * 1000) / updates).toFixed(0);
  return [
    kind,
    String(instances),
    `${heard.length} of ${updates * instances}`,
    `${quantile(acks, 0.5).toFixed(2)} / ${quantile(acks, 0.99).toFixed(1)}`,
    `${quantile(heard, 0.5).toFixed(2)} / ${quantile(heard, 0.99).toFixed(1)}`,
    us(listening.reduce((sum, ms) => sum + ms, 0) / Math.max(1, instances)),
    us(mongod),
    us(server),
    us(writer),
  ];
}

let written = 0;
async function run(seconds: number, isPublished: boolean): Promise<number[]> {
  const began = performance.now();
  const acks: Promise<number>[] = [];
  for (let n = 0; n < RATE * seconds; n++) {
    const early = (n / RATE) * 1000 - (performance.now() - began);
    if (early > 1) await sleep(early);
    acks.push(write(written++, isPublished));
  }
  return Promise.all(acks);
}

const rows = [await measure("none", 0)];
for (const instances of INSTANCES)
  for (const kind of ["mongo", "redis", "redis", "mongo"] as const) rows.push(await measure(kind, instances));
const head = [
  "bus",
  "listening",
  "heard",
  "ack ms p50/p99",
  "heard ms p50/p99",
  "CPU listener",
  "mongod",
  "redis",
  "writer",
];
printTable(`${RATE} updates a second, ${USERS} users listened to, ${SECONDS} s a row; CPU in µs per update`, [
  head,
  ...rows,
]);
link.close();
await redis.kill("SIGKILL");
await client.close();
await mongo.stop();
