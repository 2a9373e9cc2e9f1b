import { describe, expect, it } from "vitest";
import { createMongoRepository } from "#app/server/repository/job-repository.mongo.server.ts";
import { openTestDatabase } from "../support/test-database.ts";
import { aDelivery, ANNA, changeOf, range, stored } from "./stored-jobs.ts";

const MB = 1024 * 1024;
const { db } = await openTestDatabase();

describe.skipIf(db === undefined)("with MongoDB", () => {
  if (db === undefined) return;

  it("no document comes near 16 MB, however much a job is sent, and all of it is read as it came", async () => {
    const repository = await createMongoRepository({ db });
    let job = await stored(repository);
    // Long lines and long bodies, more of both than the document of a job has room for.
    const changes = range(0, 24).map((n) => {
      const logs = range(0, 25).map((line) => ({
        timestamp: job.createdAt,
        level: "info" as const,
        message: `${n}.${line} ${"ä".repeat(8_000)}`,
      }));
      const message = `${n} ${"語".repeat(n % 8 === 0 ? 4 * MB : 20_000)}`;
      const change = changeOf(job, {}, { logs, delivery: aDelivery({ message }) });
      ({ job } = change);
      return change;
    });
    for (const change of changes) expect(await repository.save(change)).not.toBe("conflict");

    const sizes = await Promise.all((await db.collections()).map(largestDocument));
    expect(Math.max(...sizes)).toBeGreaterThan(4 * MB);
    expect(Math.max(...sizes)).toBeLessThan(8 * MB);
    const deliveries = await repository.deliveries(ANNA, job.jobId, 24);
    expect(deliveries).toEqual(changes.map(({ delivery }) => delivery).toReversed());
    const lines = await repository.logs(ANNA, job.jobId, { from: 0, limit: 1_000 });
    const sent = changes.flatMap(({ logs }) => logs);
    expect(lines.map(({ entry }) => entry)).toEqual(sent.slice(-lines.length));
    expect(lines).toHaveLength(500);
    await repository.close();
  });
});

async function largestDocument(collection: {
  aggregate(pipeline: object[]): { toArray(): Promise<object[]> };
}): Promise<number> {
  const size = { $group: { _id: null, max: { $max: { $bsonSize: "$$ROOT" } } } };
  const [found] = await collection.aggregate([size]).toArray();
  return found !== undefined && "max" in found ? Number(found.max) : 0;
}
