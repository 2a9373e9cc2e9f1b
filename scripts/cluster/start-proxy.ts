import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../tests/support/free-port.ts";
import { spawnProgram, temporaryFolder } from "../../tests/e2e/support/spawn-jobmon.ts";

const CONF = join(import.meta.dirname, "../../deploy/nginx/nginx.conf");

export type Proxy = { url: string; stop(): Promise<void> };

/**
 * The nginx of compose.yaml, its configuration byte for byte, in front of instances at these ports of this machine.
 * Only where it listens and what it knows of the instances is another file. One process, without any rights.
 */
export async function startProxy(program: string, ports: readonly number[]): Promise<Proxy> {
  const folder = await temporaryFolder();
  const port = await freePort();
  await copyFile(CONF, join(folder.path, "nginx.conf"));
  await writeFile(join(folder.path, "listen.conf"), `listen 127.0.0.1:${port};\n`);
  const servers = ports.map((other) => `server 127.0.0.1:${other} max_fails=0;\n`);
  await writeFile(join(folder.path, "instances.conf"), servers.join(""));
  const args = ["-p", `${folder.path}/`, "-c", join(folder.path, "nginx.conf"), "-e", "stderr"];
  const nginx = spawnProgram(program, [...args, "-g", "master_process off;"], { cwd: folder.path });

  async function stop(): Promise<void> {
    await nginx.kill("SIGKILL");
    await folder.remove();
  }
  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([answers(url), nginx.waitFor(/it listens: never said, so this tells its end/)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function answers(url: string): Promise<void> {
  const isThere = () =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isThere())) await sleep(20);
}
