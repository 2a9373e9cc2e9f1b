import { describe } from "vitest";
import { findMongod } from "./start-mongo.ts";

const mongod = await findMongod().catch(() => undefined);

/** Tests that start MongoDBs of their own. Where there is no `mongod` they are skipped, which is said; on CI that is a failure. */
export function withMongo(tests: () => void): void {
  if (mongod === undefined)
    console.warn("\nno mongod: its tests are skipped. Set MONGOMS_SYSTEM_BINARY, or install one.\n");
  describe.skipIf(mongod === undefined)("with mongod", () => {
    tests();
  });
}
