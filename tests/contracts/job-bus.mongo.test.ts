import { randomUUID } from "node:crypto";
import { type Db, type Document, MongoClient, Timestamp } from "mongodb";
import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createMongoBus } from "#app/server/bus/job-bus.mongo.server.ts";
import type { JobBus, JobFact, JobMessage } from "#app/server/bus/job-bus.ts";
import { createLog } from "#app/server/log.server.ts";
import { killCursors } from "../support/mongo-faults.ts";
import { startMongo } from "../support/start-mongo.ts";
import { aFact, describeJobBus } from "./job-bus.suite.ts";
import { aJob, ANNA, BERT, lines } from "./stored-jobs.ts";

const mongo = await startMongo({ own: true, settings: ["--setParameter", "enableTestCommands=1"] });
afterAll(() => mongo?.stop());

describe.skipIf(mongo === undefined)("with MongoDB", () => {
  describeJobBus("mongo, a change stream", async () => {
    const { db, bus, errors, dispose } = await openBus();
    const writing = { last: Promise.resolve() };
    const publish = (fact: JobFact) => {
      writing.last = writing.last.then(() => store(db, fact)).catch(() => {});
    };
    return {
      bus: { ...bus, publish },
      reported: () => errors,
      async dispose() {
        await writing.last;
        await dispose();
      },
    };
  });

  it("brings the lines that came last with a change, by whatever instance it was made", async () => {
    const { db, bus } = await open();
    const told = listen(bus, ANNA);
    const job = aJob({ logCount: 3 });
    await store(db, { userEmail: ANNA, seq: 1n, job, logs: lines(3) });
    await db
      .collection<{ _id: string }>("external_jobs")
      .updateOne(
        { _id: job.jobId },
        { $set: { progress: 42, logCount: 4, revision: 1, seq: new Timestamp(2n) } },
      );
    await expect.poll(() => told.messages).toHaveLength(2);
    expect(told.messages[0]).toMatchObject({ seq: 1n, job, logs: lines(3) });
    expect(told.messages[1]).toMatchObject({
      seq: 2n,
      job: { ...job, progress: 42, logCount: 4, revision: 1 },
    });
  });

  it("never takes the hash of a token out of the database", async () => {
    const { db, bus } = await open();
    const told = listen(bus, ANNA);
    await store(db, aFact(ANNA, 1n), { callbackTokenHash: "secret" });
    await expect.poll(() => told.messages).toHaveLength(1);
    expect(JSON.stringify(told.messages[0]?.job)).not.toContain("secret");
  });

  it("tells that a job was removed", async () => {
    const { db, bus } = await open();
    const told = listen(bus, ANNA);
    const fact = aFact(ANNA, 5n);
    await store(db, fact, {}, "external_job_tombstones");
    await expect.poll(() => told.messages).toHaveLength(1);
    expect(told.messages[0]).toMatchObject({ ...fact, isRemoved: true });
  });

  it("reports a document that is no job, and goes on", async () => {
    const { db, bus, errors } = await open();
    const told = listen(bus, ANNA);
    await db.collection("external_jobs").insertOne({ userEmail: ANNA });
    await store(db, aFact(ANNA, 1n));
    await expect.poll(() => told.messages).toHaveLength(1);
    expect(errors).toHaveLength(1);
  });

  it("goes on after its cursor was killed, without a hole", async () => {
    const { db, bus } = await open();
    const [told, berts] = [listen(bus, ANNA), listen(bus, BERT)];
    await store(db, aFact(ANNA, 1n));
    await expect.poll(() => told.messages).toHaveLength(1);
    expect(await killCursors(db)).toBeGreaterThan(0);
    for (let n = 2n; n <= 50n; n++) await store(db, aFact(n % 2n === 0n ? ANNA : BERT, n));
    await expect.poll(() => told.messages.length + berts.messages.length).toBe(50);
  });

  it("says that something may be lost where the database does not know any more where it was", async () => {
    const { db, bus } = await open();
    const told = listen(bus, ANNA);
    await store(db, aFact(ANNA, 1n));
    await expect.poll(() => told.messages).toHaveLength(1);
    // What the server says once its log does not reach back to the token.
    await failTwice(db, ["getMore", "aggregate"], 286);
    await expect.poll(() => told.lost).toBe(1);
    await store(db, aFact(ANNA, 2n));
    await expect.poll(() => told.messages.map(({ seq }) => seq)).toEqual([1n, 2n]);
  });

  it("does so too after the database was dropped and made again", async () => {
    const { db, bus } = await open();
    const told = listen(bus, ANNA);
    await store(db, aFact(ANNA, 1n));
    await db.dropDatabase();
    await expect.poll(() => told.lost).toBe(1);
    await store(db, aFact(ANNA, 2n));
    await expect.poll(() => told.messages.map(({ seq }) => seq)).toEqual([1n, 2n]);
  });

  it("says that it is away while the database does not answer, and goes on without a hole", async () => {
    const { db, bus } = await open();
    const told = listen(bus, ANNA);
    await store(db, aFact(ANNA, 1n));
    const pid = mongo?.pid() ?? 0;
    onTestFinished(() => void process.kill(pid, "SIGCONT"));
    process.kill(pid, "SIGSTOP");
    await expect.poll(() => isReady(bus)).toBe(false);
    process.kill(pid, "SIGCONT");
    await expect.poll(() => isReady(bus)).toBe(true);
    await store(db, aFact(ANNA, 2n));
    await expect.poll(() => told.messages.map(({ seq }) => seq)).toEqual([1n, 2n]);
  });
});

/** What one listener of a user is told. */
function listen(bus: JobBus, userEmail: string) {
  const told = { messages: [] as JobMessage[], lost: 0 };
  bus.subscribe(
    userEmail,
    (message) => told.messages.push(message),
    () => (told.lost += 1),
  );
  return told;
}

async function open() {
  const opened = await openBus();
  onTestFinished(opened.dispose);
  return opened;
}

/** A bus over a database of its own, from when it hears. */
async function openBus() {
  const client = await MongoClient.connect(mongo?.uri ?? "");
  const db = client.db(randomUUID());
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const bus = createMongoBus({ db, log: createLog("silent"), onError });
  await vi.waitUntil(() => isReady(bus), { timeout: 60_000 });
  return {
    db,
    bus,
    errors,
    async dispose() {
      await bus.close();
      await db.dropDatabase();
      await client.close();
    },
  };
}

function isReady(bus: JobBus): Promise<boolean> {
  return bus.check().then(
    () => true,
    () => false,
  );
}

/** Writes a fact as a document of its job, in the form of `external_jobs`. */
async function store(db: Db, fact: JobFact, more = {}, collection = "external_jobs"): Promise<void> {
  const { jobId, createdAt, updatedAt, ...job } = fact.job;
  await db.collection<{ _id: string } & Document>(collection).insertOne({
    _id: jobId,
    ...job,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    seq: new Timestamp(fact.seq),
    logs: fact.logs.map((entry) => ({ ...entry, timestamp: new Date(entry.timestamp) })),
    ...more,
  });
}

/** The next two such commands of any client of the database are answered with this error. */
async function failTwice(db: Db, failCommands: string[], errorCode: number): Promise<void> {
  const data = { failCommands, errorCode, namespace: `${db.databaseName}.$cmd.aggregate` };
  await db.client.db("admin").command({ configureFailPoint: "failCommand", mode: { times: 2 }, data });
}
