import { z } from "zod";
import { parseMongoAddress } from "#app/server/mongo/mongo-address.ts";
import { parseRedisAddress } from "#app/server/redis/redis-address.ts";

/** The variables of what several instances share. */
export const storageVariables = {
  MONGODB_URI: z
    .string()
    .refine(
      (text) => parseMongoAddress(text) !== undefined,
      "give mongodb://host:port/database?replicaSet=rs0, or mongodb+srv://host/database",
    )
    .optional()
    .describe(
      "The MongoDB that several instances share, a replica set: mongodb:// or mongodb+srv://, its database is jobmon unless it is named. Empty: the data folder.",
    ),
  STARTUP_TIMEOUT_SECONDS: z.coerce
    .number()
    .min(0)
    .max(3_600)
    .default(60)
    .describe("How long a start waits for MongoDB before it gives up."),
  REDIS_URL: z
    .string()
    .refine(
      (text) => parseRedisAddress(text) !== undefined,
      "give redis://host:port, rediss:// for TLS, redis+sentinel://host,host/name or redis+cluster://host,host",
    )
    .optional()
    .describe(
      "Where several instances tell each other of changes and share limits: redis://, rediss://, redis+sentinel:// or redis+cluster://. Empty: MongoDB tells them.",
    ),
  REDIS_PREFIX: z
    .string()
    .max(100)
    .default("jobmon:")
    .describe("What every key and channel in Redis begins with; one per deployment."),
};
