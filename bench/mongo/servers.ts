import { join } from "node:path";
import { serve, type Server } from "../ingest/servers.ts";

const project = join(import.meta.dirname, "../..");

const builds = {
  /** The product as built. */
  product: join(project, "build/server/index.js"),
  /** The same with a callback route that does the bare `updateOne`. */
  bare: join(project, "build/bench/bare-server/server/index.js"),
  /** The same with people who are who they say they are. */
  users: join(project, "build/bench/users-server/server/index.js"),
};

/** A server process on a database of the MongoDB at `uri`; on no core of its own, as three processes share two. */
export function startMongoServer(
  build: keyof typeof builds,
  { uri, database }: { uri: string; database: string },
): Promise<Server> {
  const address = new URL(uri);
  address.pathname = `/${database}`;
  return serve([join(import.meta.dirname, "serve-mongo.ts"), builds[build], address.href]);
}
