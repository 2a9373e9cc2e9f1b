import { randomUUID } from "node:crypto";
import { MongoClient, Timestamp } from "mongodb";
import { afterAll, describe, expect, it } from "vitest";
import { createMongoRepository } from "#app/server/repository/job-repository.mongo.server.ts";
import { mongoCollections } from "#app/server/repository/mongo-collections.server.ts";
import { createCommits } from "#app/server/repository/mongo-commits.server.ts";
import { startMongo } from "../support/start-mongo.ts";
import { ANNA, changeOf, range, stored } from "./stored-jobs.ts";

const BAD_VALUE = 2;
const mongo = await startMongo();
const client = mongo && (await MongoClient.connect(mongo.uri));
const db = client?.db(`jobmon-${randomUUID()}`);
afterAll(async () => {
  await db?.dropDatabase();
  await client?.close();
  await mongo?.stop();
});

describe.skipIf(db === undefined)("with MongoDB", () => {
  if (db === undefined) return;
  it("answers each of many writes that go out together for itself, whether places are read or not", async () => {
    const collections = mongoCollections(db);
    await collections.jobs.insertMany(
      range(0, 40).map(
        (n) => ({ _id: `job-${n}`, n, logs: [], seq: new Timestamp({ t: 1, i: 1 }) }) as never,
      ),
    );
    for (const readsPlaces of [true, false]) {
      const commit = createCommits(collections, { readsPlaces });
      const answers = await Promise.all(
        range(0, 40).map((n) => {
          const changeId = randomUUID();
          const filter = { _id: `job-${n}`, n: n % 4 === 1 ? -1 : n };
          // The server refuses to push to what is no list, where it comes to it.
          const $push = { [n % 4 === 2 ? "n" : "logs"]: "Zeile" };
          const update = { $set: { changeId }, $push, $currentDate: { seq: { $type: "timestamp" } } };
          const write = { filter, update: update as never, changeId };
          return commit(write).then(
            (done) => (done === undefined ? "refused" : "written"),
            ({ code }: { code: unknown }) => code,
          );
        }),
      );
      expect(answers).toEqual(range(0, 40).map((n) => ["written", "refused", BAD_VALUE, "written"][n % 4]));
    }
  });

  it("without places a repository writes, refuses what is stale, and has the feed in order", async () => {
    await db.dropDatabase();
    const repository = await createMongoRepository({ db, readsPlaces: false });
    const jobs = await Promise.all(range(0, 30).map(() => stored(repository)));
    const changes = jobs.map((job) => changeOf(job, { message: "once" }));
    const twice = changes.map((change) => ({ ...change, changeId: randomUUID() }));
    const answers = await Promise.all([...changes, ...twice].map((change) => repository.save(change)));
    expect(answers).toEqual([...changes.map(() => ({ seq: undefined })), ...twice.map(() => "conflict")]);
    const feed = await repository.changedAfter(ANNA, 0n, 100);
    expect(feed.map((entry) => "job" in entry && entry.job.message)).toEqual(jobs.map(() => "once"));
    await repository.close();
  });
});
