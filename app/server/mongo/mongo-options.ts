import type { MongoClientOptions } from "mongodb";

/**
 * A database that does not answer for so long is away: whoever waits for it is told. Twice 13 s, for what the driver
 * tries again, is less than the 30 s that a Secretary waits for the answer to its last callback.
 */
const DEFAULTS = {
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: 10_000,
} as const;

/** The options of a client: those that the address names are in force, the others are ours. */
export function mongoOptions(uri: string): MongoClientOptions {
  const [, query = ""] = uri.split("?");
  const named = new Set([...new URLSearchParams(query).keys()].map((name) => name.toLowerCase()));
  const ours = Object.entries(DEFAULTS).filter(([name]) => !named.has(name.toLowerCase()));
  return { appName: "jobmon", ...Object.fromEntries(ours) };
}
