import { setTimeout as sleep } from "node:timers/promises";
import { type Document, MongoClient } from "mongodb";
import { type Program, spawnProgram, temporaryFolder } from "../e2e/support/spawn-jobmon.ts";
import { freePort } from "./free-port.ts";
import { findMongod } from "./start-mongo.ts";

/** One mongod of a set, that may be ended and come back with what it had on its disk. */
export type Member = {
  port: number;
  pid(): number;
  /** SIGKILL. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** It takes connections and answers nobody, until it goes on. */
  pause(): void;
  resume(): void;
};

export type ReplicaSet = {
  uri: string;
  members: Member[];
  /** The one that takes writes, as soon as there is one. */
  primary(): Promise<Member>;
  /** The primary gives up its place for a while; the others elect another one. */
  stepDown(): Promise<void>;
  /** One command to the primary. */
  command(command: Document): Promise<Document>;
  stop(): Promise<void>;
};

/** Quick to notice that a primary is gone: a test waits for every election. */
const SETTINGS = { electionTimeoutMillis: 1_000, heartbeatIntervalMillis: 500 };

/** Starts so many real mongods as one replica set, each with a folder of its own; they end with this process at the latest. */
export async function startReplicaSet(count: number): Promise<ReplicaSet> {
  const mongod = await findMongod();
  const folders = await Promise.all(Array.from({ length: count }, temporaryFolder));
  const members = await Promise.all(folders.map(({ path }) => startMember(mongod, path)));
  const hosts = members.map(({ port }, _id) => ({ _id, host: `127.0.0.1:${port}` }));
  const [first] = members;
  const config = { _id: "rs0", members: hosts, settings: SETTINGS };
  await ask(first?.port ?? 0, { replSetInitiate: config });

  async function primary(): Promise<Member> {
    for (;;) {
      for (const member of members) {
        const hello = await ask(member.port, { hello: 1 }).catch(() => undefined);
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
      while ((await ask((await primary()).port, stepDown).catch(() => undefined)) === undefined)
        await sleep(100);
    },
    command: async (command) => ask((await primary()).port, command),
    async stop() {
      for (const member of members) await member.kill();
      for (const folder of folders) await folder.remove();
    },
  };
}

async function startMember(mongod: string, cwd: string): Promise<Member> {
  const port = await freePort();
  const args = ["--replSet", "rs0", "--bind_ip", "127.0.0.1", "--port", String(port), "--dbpath", cwd];
  const quiet = [
    "--wiredTigerCacheSizeGB",
    "0.25",
    "--setParameter",
    "diagnosticDataCollectionEnabled=false",
  ];
  const testing = ["--setParameter", "enableTestCommands=1"];
  const { HOME = cwd } = process.env;
  const start = (): Program => spawnProgram(mongod, [...args, ...quiet, ...testing], { cwd, env: { HOME } });
  let server = start();
  await answers(port);
  return {
    port,
    pid: () => server.pid,
    kill: async () => void (await server.kill("SIGKILL")),
    async restart() {
      await server.kill("SIGKILL");
      server = start();
      await answers(port);
    },
    pause: () => void process.kill(server.pid, "SIGSTOP"),
    resume: () => void process.kill(server.pid, "SIGCONT"),
  };
}

async function isInStep({ port }: Member): Promise<void> {
  for (;;) {
    const hello = await ask(port, { hello: 1 }).catch(() => undefined);
    if (hello?.["secondary"] === true || hello?.["isWritablePrimary"] === true) return;
    await sleep(50);
  }
}

async function answers(port: number): Promise<void> {
  while ((await ask(port, { ping: 1 }).catch(() => undefined)) === undefined) await sleep(50);
}

async function ask(port: number, command: Document): Promise<Document> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 2_000,
  });
  try {
    return await client.db("admin").command(command);
  } finally {
    await client.close();
  }
}
