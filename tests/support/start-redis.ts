import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@redis/client";
import { spawnProgram, temporaryFolder } from "../e2e/support/spawn-jobmon.ts";
import { freePort } from "./free-port.ts";

/** A Redis of one's own: nobody minds if it is stopped. */
export type RedisServer = {
  url: string;
  port: number;
  /** SIGKILL, then the same port again, empty. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  /** It takes connections and answers nobody, until it goes on. */
  pause(): void;
  resume(): void;
  /** One command of an operator, and its answer. */
  ask(...command: string[]): Promise<unknown>;
  stop(): Promise<void>;
} & AsyncDisposable;

/** Starts `program`, a redis-server, on a free port, with nothing kept on disk; it ends with this process at the latest. */
export async function startRedis(program: string, settings: readonly string[] = []): Promise<RedisServer> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const args = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    ...settings,
  ];
  const start = () => spawnProgram(program, args, { cwd: folder.path });
  let server = start();
  await answers(url);

  async function stop(): Promise<void> {
    await server.kill("SIGKILL");
    await folder.remove();
  }
  return {
    url,
    port,
    async restart() {
      await server.kill("SIGKILL");
      server = start();
      await answers(url);
    },
    async kill() {
      await server.kill("SIGKILL");
    },
    pause: () => void process.kill(server.pid, "SIGSTOP"),
    resume: () => void process.kill(server.pid, "SIGCONT"),
    ask: (...command) => askRedis(url, command),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** A sentinel that watches a server under the name `main`; `url` is what jobmon is given. */
export async function startSentinel(
  program: string,
  { port: watched }: RedisServer,
): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const file = join(folder.path, "sentinel.conf");
  await writeFile(file, `port ${port}\nbind 127.0.0.1\nsentinel monitor main 127.0.0.1 ${watched} 1\n`);
  const sentinel = spawnProgram(program, [file, "--sentinel"], { cwd: folder.path });
  await answers(`redis://127.0.0.1:${port}`);
  return {
    url: `redis+sentinel://127.0.0.1:${port}/main`,
    async stop() {
      await sentinel.kill("SIGKILL");
      await folder.remove();
    },
  };
}

async function answers(url: string): Promise<void> {
  while ((await askRedis(url, ["PING"]).catch(() => undefined)) !== "PONG") await sleep(20);
}

async function askRedis(url: string, command: string[]): Promise<unknown> {
  const client = createClient({ url, socket: { reconnectStrategy: false } }).on("error", () => {});
  await client.connect();
  try {
    return await client.sendCommand(command);
  } finally {
    client.destroy();
  }
}
