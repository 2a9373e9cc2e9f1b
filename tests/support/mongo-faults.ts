import { type Db, type Document, MongoClient } from "mongodb";
import type { ReplicaSet } from "./start-replica-set.ts";

/** What the server says once its log does not reach back to where a change stream was. */
const HISTORY_LOST = 286;

/** Kills the cursors of every change stream on jobmon's database; resolves with how many there were. */
export function killChangeStreams(set: ReplicaSet): Promise<number> {
  return withClient(set, (client) => killCursors(client.db("jobmon")));
}

/** Kills the cursors of every change stream on a database; resolves with how many there were. */
export async function killCursors(db: Db): Promise<number> {
  const operations = await db.client
    .db("admin")
    .aggregate<Document>([{ $currentOp: { allUsers: true, idleCursors: true } }])
    .toArray();
  // A cursor is idle, or in the middle of a getMore.
  const ids = operations.flatMap(({ ns, command, cursor }) => {
    const id: unknown = cursor?.cursorId ?? command?.getMore;
    return String(ns).startsWith(`${db.databaseName}.$cmd`) && id !== undefined ? [id] : [];
  });
  if (ids.length > 0) await db.command({ killCursors: "$cmd.aggregate", cursors: ids });
  return ids.length;
}

/** Lets every change stream find, twice in a row, that its place in the log is gone. */
export async function failChangeStreams(set: ReplicaSet): Promise<void> {
  const namespace = "jobmon.$cmd.aggregate";
  const data = { failCommands: ["getMore", "aggregate"], errorCode: HISTORY_LOST, namespace };
  await set.command({ configureFailPoint: "failCommand", mode: { times: 4 }, data });
}

async function withClient<T>(set: ReplicaSet, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(set.uri);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
