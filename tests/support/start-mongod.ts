import { setTimeout as sleep } from "node:timers/promises";
import { type Document, MongoClient } from "mongodb";
import { type Program, spawnProgram, temporaryFolder } from "../e2e/support/spawn-jobmon.ts";
import { freePort } from "./free-port.ts";
import { findMongod } from "./start-mongo.ts";

/** One mongod on a folder of its own, that may be ended and come back with what it had there. */
export type Mongod = {
  port: number;
  pid(): number;
  /** SIGKILL. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** It takes connections and answers nobody, until it goes on. */
  pause(): void;
  resume(): void;
  /** One command to this very server. */
  command(command: Document): Promise<Document>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
};

const TESTING = ["diagnosticDataCollectionEnabled=false", "enableTestCommands=1"];

/** `replSet`: a member of a set of this name, which somebody has to begin. It ends with this process at the latest. */
export async function startMongod({ replSet }: { replSet?: string } = {}): Promise<Mongod> {
  const [mongod, folder, port] = [await findMongod(), await temporaryFolder(), await freePort()];
  const args = ["--bind_ip", "127.0.0.1", "--port", String(port), "--dbpath", folder.path];
  const set = replSet === undefined ? [] : ["--replSet", replSet];
  const parameters = TESTING.flatMap((parameter) => ["--setParameter", parameter]);
  const all = [...args, ...set, "--wiredTigerCacheSizeGB", "0.25", ...parameters];
  const { HOME = folder.path } = process.env;
  const start = (): Program => spawnProgram(mongod, all, { cwd: folder.path, env: { HOME } });

  async function answers(): Promise<void> {
    while ((await command({ ping: 1 }).catch(() => undefined)) === undefined) await sleep(50);
  }

  async function command(asked: Document): Promise<Document> {
    const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
      serverSelectionTimeoutMS: 2_000,
    });
    try {
      return await client.db("admin").command(asked);
    } finally {
      await client.close();
    }
  }

  let server = start();
  await answers();
  return {
    port,
    pid: () => server.pid,
    kill: async () => void (await server.kill("SIGKILL")),
    async restart() {
      await server.kill("SIGKILL");
      server = start();
      await answers();
    },
    pause: () => void process.kill(server.pid, "SIGSTOP"),
    resume: () => void process.kill(server.pid, "SIGCONT"),
    command,
    async stop() {
      await server.kill("SIGKILL");
      await folder.remove();
    },
  };
}
