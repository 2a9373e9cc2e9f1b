import { setTimeout as sleep } from "node:timers/promises";
import type { Document } from "mongodb";
import { type Mongod, startMongod } from "./start-mongod.ts";

export type ReplicaSet = {
  uri: string;
  members: Mongod[];
  /** The one that takes writes, as soon as there is one. */
  primary(): Promise<Mongod>;
  /** The primary gives up its place for a while; the others elect another one. */
  stepDown(): Promise<void>;
  /** One command to the primary. */
  command(command: Document): Promise<Document>;
  stop(): Promise<void>;
};

/** Quick to notice that a primary is gone: a test waits for every election. */
const SETTINGS = { electionTimeoutMillis: 1_000, heartbeatIntervalMillis: 500 };

/** Starts so many real mongods as one replica set; they end with this process at the latest. */
export async function startReplicaSet(count: number): Promise<ReplicaSet> {
  const starting = Array.from({ length: count }, () => startMongod({ replSet: "rs0" }));
  const members = await Promise.all(starting);
  const hosts = members.map(({ port }, _id) => ({ _id, host: `127.0.0.1:${port}` }));
  await members[0]?.command({ replSetInitiate: { _id: "rs0", members: hosts, settings: SETTINGS } });

  async function primary(): Promise<Mongod> {
    for (;;) {
      for (const member of members) {
        const hello = await member.command({ hello: 1 }).catch(() => undefined);
        if (hello?.["isWritablePrimary"] === true) return member;
      }
      await sleep(50);
    }
  }
  // Before its first synchronisation is over a member cannot be elected.
  await Promise.all(members.map(isInStep));
  await primary();
  return {
    uri: `mongodb://${hosts.map(({ host }) => host).join(",")}/jobmon?replicaSet=rs0`,
    members,
    primary,
    async stepDown() {
      const stepDown = { replSetStepDown: 10, secondaryCatchUpPeriodSecs: 5 };
      // Refused as long as no other member has all that was written.
      while ((await (await primary()).command(stepDown).catch(() => undefined)) === undefined)
        await sleep(100);
    },
    command: async (command) => (await primary()).command(command),
    async stop() {
      for (const member of members) await member.stop();
    },
  };
}

async function isInStep(member: Mongod): Promise<void> {
  for (;;) {
    const hello = await member.command({ hello: 1 }).catch(() => undefined);
    if (hello?.["secondary"] === true || hello?.["isWritablePrimary"] === true) return;
    await sleep(50);
  }
}
