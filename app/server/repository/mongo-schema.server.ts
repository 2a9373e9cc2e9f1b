import type { Db } from "mongodb";
import { z } from "zod";
import { MAJORITY } from "#app/server/mongo/majority.ts";
import { MongoStartError } from "#app/server/mongo/mongo-start-error.ts";
import { withLease } from "#app/server/mongo/with-lease.server.ts";
import { type MongoCollections, mongoCollections } from "./mongo-collections.server.ts";
import { createMongoIndexes } from "./mongo-indexes.server.ts";

/** A step forward: brings the documents of a collection from the version before to `version`. May be run again. */
export type SchemaStep = {
  collection: string;
  version: number;
  apply: (collections: MongoCollections) => Promise<void>;
};

const asItBegan = (): Promise<void> => Promise.resolve();

/** The steps of each collection in their order. A released step never changes again. */
const STEPS: readonly SchemaStep[] = [
  { collection: "external_jobs", version: 1, apply: asItBegan },
  { collection: "external_job_logs", version: 1, apply: asItBegan },
  { collection: "external_job_deliveries", version: 1, apply: asItBegan },
];

const versionSchema = z.object({ schemaVersion: z.int() });

/**
 * Brings a database up to date, one step after the other, one instance at a time: whoever comes second waits and finds
 * nothing to do. Rejects with `MongoStartError` for one that a newer jobmon has written.
 */
export async function prepareMongo(db: Db, steps: readonly SchemaStep[] = STEPS): Promise<void> {
  const collections = mongoCollections(db);
  const schemas = db.collection<{ _id: string }>("external_job_schemas", MAJORITY);

  async function versionOf(collection: string): Promise<number> {
    const found = await schemas.findOne({ _id: collection });
    return found === null ? 0 : versionSchema.parse(found).schemaVersion;
  }

  async function isDone({ collection, version }: SchemaStep): Promise<boolean> {
    return (await versionOf(collection)) >= version;
  }

  for (const collection of new Set(steps.map((step) => step.collection))) {
    const newest = Math.max(
      ...steps.filter((step) => step.collection === collection).map(({ version }) => version),
    );
    if ((await versionOf(collection)) > newest)
      throw new MongoStartError(newerSentence(db.databaseName, collection));
  }
  // Indexes are made where they are missing, whatever the version says.
  await createMongoIndexes(collections);
  for (const step of steps) {
    if (await isDone(step)) continue;
    await withLease(db, "migration", async () => {
      if (await isDone(step)) return;
      await step.apply(collections);
      const { collection, version } = step;
      await schemas.updateOne({ _id: collection }, { $set: { schemaVersion: version } }, { upsert: true });
    });
  }
}

function newerSentence(database: string, collection: string): string {
  return (
    `the collection ${collection} in the database ${database} was written by a newer jobmon. Start that newer one, or ` +
    `restore a backup from before.`
  );
}
