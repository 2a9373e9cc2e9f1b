import { MongoClient } from "mongodb";
import { z } from "zod";
import { MongoStartError } from "./mongo-start-error.ts";
import { isOfDatabase } from "./mongo-errors.server.ts";
import { mongoOptions } from "./mongo-options.ts";

const helloSchema = z.looseObject({
  setName: z.string().optional(),
  msg: z.string().optional(),
  isreplicaset: z.boolean().optional(),
});

/** Rejects with `MongoStartError` for a server that is neither of a replica set nor the way into a sharded cluster. */
export async function refuseStandalone(client: MongoClient, hosts: string): Promise<void> {
  const { setName, msg } = helloSchema.parse(await client.db("admin").command({ hello: 1 }));
  if (setName === undefined && msg !== "isdbgrid") throw new MongoStartError(singleSentence(hosts));
}

/**
 * Rejects with `MongoStartError` for a server that was started for a replica set that nobody has begun yet, which it
 * says only when it is asked directly.
 */
export async function refuseUninitiated(uri: string, hosts: string): Promise<void> {
  if (hosts.includes(",") || uri.startsWith("mongodb+srv:")) return;
  const client = new MongoClient(directAddress(uri, hosts), mongoOptions(uri));
  try {
    const { isreplicaset } = helloSchema.parse(await client.db("admin").command({ hello: 1 }));
    if (isreplicaset) throw new MongoStartError(singleSentence(hosts));
  } catch (error) {
    if (!isOfDatabase(error)) throw error;
  } finally {
    await client.close();
  }
}

/** Without credentials, which nobody can have there yet, and without the name of a set. */
function directAddress(uri: string, hosts: string): string {
  const [, query = ""] = uri.split("?");
  const options = [...new URLSearchParams(query)].filter(([name]) => /^(tls|ssl)/i.test(name));
  return `mongodb://${hosts}/?${new URLSearchParams([...options, ["directConnection", "true"]])}`;
}

function singleSentence(hosts: string): string {
  return (
    `the MongoDB at ${hosts} is no replica set, and jobmon needs its transactions and change streams. Start mongod ` +
    `with --replSet rs0, and run once:\n  mongosh "mongodb://${hosts}/?directConnection=true" --eval 'rs.initiate()'`
  );
}
