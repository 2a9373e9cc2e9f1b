import { freePort } from "../../tests/support/free-port.ts";
import { type JobmonProcess, spawnJobmon, temporaryFolder } from "../../tests/e2e/support/spawn-jobmon.ts";
import { startProxy } from "./start-proxy.ts";

/** One jobmon of a cluster, a process of its own. */
export type Instance = {
  /** Its own address, past the proxy; the same after a restart. */
  url: string;
  pid(): number;
  stderr(): string;
  /** Sends a signal and resolves with the exit code, or the signal that ended it. */
  kill(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Starts it again after its end, and resolves once it listens. */
  restart(): Promise<void>;
};

export type Cluster = { url: string; instances: Instance[]; stop(): Promise<void> } & AsyncDisposable;

/**
 * The wiring of compose.yaml as processes: instances of jobmon from the build, and nginx in front of them. What they
 * share is in `env`. Everything ends with `stop`, and with this process at the latest.
 */
export async function startCluster(options: {
  nginx: string;
  env: Record<string, string>;
  count?: number;
}): Promise<Cluster> {
  const { nginx, env, count = 2 } = options;
  const ending: (() => Promise<unknown>)[] = [];
  async function stop(): Promise<void> {
    for (const end of ending.splice(0).toReversed()) await end();
  }
  try {
    const folder = await temporaryFolder();
    ending.push(folder.remove);
    const ports: number[] = [];
    for (let n = 0; n < count; n++) ports.push(await freePort());
    const instances = await Promise.all(
      ports.map(async (port, n) => {
        const instance = await startInstance({ port, cwd: folder.path, dataDir: `data-${n}`, env });
        ending.push(() => instance.kill("SIGKILL"));
        return instance;
      }),
    );
    const proxy = await startProxy(nginx, ports);
    ending.push(proxy.stop);
    return { url: proxy.url, instances, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startInstance(options: {
  port: number;
  cwd: string;
  dataDir: string;
  env: Record<string, string>;
}): Promise<Instance> {
  const { port, cwd, dataDir, env } = options;

  async function start(): Promise<JobmonProcess> {
    const child = spawnJobmon(["serve", "--data-dir", dataDir], {
      cwd,
      env: { ...env, PORT: String(port) },
    });
    await child.waitFor(/^jobmon listening on /);
    return child;
  }

  let child = await start();
  return {
    url: `http://127.0.0.1:${port}`,
    pid: () => child.pid,
    stderr: () => child.stderr(),
    kill: (signal) => child.kill(signal),
    async restart() {
      await child.exited;
      child = await start();
    },
  };
}
