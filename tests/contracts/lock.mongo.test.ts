import { describe, expect, it } from "vitest";
import { createMongoLock } from "#app/server/lock/lock.mongo.server.ts";
import { prepareMongo } from "#app/server/repository/mongo-schema.server.ts";
import { openTestDatabase } from "../support/test-database.ts";

const { db } = await openTestDatabase();

describe.skipIf(db === undefined)("with MongoDB", () => {
  if (db === undefined) return;

  it("is held by one of those that ask at the same time, and by that one again", async () => {
    const locks = Array.from({ length: 8 }, () => createMongoLock({ db }));
    const held = await Promise.all(locks.map((lock) => lock.holds("a")));
    expect(held.filter(Boolean)).toHaveLength(1);
    expect(await Promise.all(locks.map((lock) => lock.holds("a")))).toEqual(held);
  });

  it("is free once its time is over, or its holder let go", async () => {
    const [one, other] = [createMongoLock({ db }), createMongoLock({ db })];
    expect([await one.holds("b"), await other.holds("b")]).toEqual([true, false]);
    const locks = db.collection<{ _id: string }>("external_job_locks");
    await locks.updateOne({ _id: "b" }, { $set: { heldUntil: new Date(0) } });
    expect([await other.holds("b"), await one.holds("b")]).toEqual([true, false]);
    await other.release("b");
    expect(await one.holds("b")).toBe(true);
  });

  it("lets a migration run once, however many instances start", async () => {
    const ran: number[] = [];
    const steps = [1, 2].map((version) => ({
      collection: "example",
      version,
      apply: async () => void ran.push(version),
    }));
    await Promise.all(Array.from({ length: 5 }, () => prepareMongo(db, steps)));
    expect(ran).toEqual([1, 2]);
    const older = prepareMongo(db, steps.slice(0, 1));
    await expect(older).rejects.toThrow("was written by a newer jobmon");
  });
});
