import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { type JobmonProcess, spawnJobmon, temporaryFolder } from "./spawn-jobmon.ts";

const START_LINE = /^jobmon listening on (http:\/\/\S+:(\d+))\n/;

export type RunningServer = {
  /** `http://127.0.0.1:<port>`; the same after a restart. */
  url: string;
  dataDir: string;
  /** Standard output and error of the process that runs now. */
  stdout(): string;
  stderr(): string;
  /** The request log so far, parsed. */
  log(): Record<string, unknown>[];
  pid(): number;
  /** Sends a signal and resolves with the exit code, or the signal that ended the process. The data folder stays. */
  kill(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Resolves with how the process ended, whoever ended it. */
  exited(): Promise<number | NodeJS.Signals>;
  /** Starts again on the same port and data folder, after `kill`. */
  restart(): Promise<void>;
  /** Ends the process, if it still runs, and removes the data folder. Also done by `await using`. */
  stop(): Promise<void>;
} & AsyncDisposable;

/** Starts a real server process on a free port and a fresh data folder; resolves once it listens. */
export async function startServer(
  options: { env?: Record<string, string>; args?: readonly string[] } = {},
): Promise<RunningServer> {
  const { env = {}, args = [] } = options;
  const folder = await temporaryFolder();
  const dataDir = join(folder.path, "data");

  async function start(port: string) {
    const serve = ["serve", "--port", port, "--data-dir", dataDir, ...args];
    const child = spawnJobmon(serve, { cwd: folder.path, env });
    const [, url = "", listening = ""] = await child.waitFor(START_LINE);
    return { child, url, port: listening };
  }

  const { url, port, ...first } = await start(String(await freePort())).catch(async (error: unknown) => {
    await folder.remove();
    throw error;
  });
  let child: JobmonProcess = first.child;
  async function stop(): Promise<void> {
    await child.kill("SIGKILL");
    await folder.remove();
  }
  return {
    url,
    dataDir,
    stdout: () => child.stdout(),
    stderr: () => child.stderr(),
    log: () =>
      child
        .stderr()
        // What comes after the last line feed is not whole yet.
        .split("\n")
        .slice(0, -1)
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line)),
    pid: () => child.pid,
    kill: (signal) => child.kill(signal),
    exited: () => child.exited,
    async restart() {
      await child.exited;
      ({ child } = await start(port));
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
