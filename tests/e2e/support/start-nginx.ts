import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { freePort } from "../../support/free-port.ts";
import { spawnProgram, temporaryFolder } from "./spawn-jobmon.ts";

export type Nginx = { url: string } & AsyncDisposable;

/**
 * A real nginx in front of a server, as it is without any setting but `proxy_pass`; `settings` are added to the
 * location. It needs no rights, keeps its files in a folder of its own and is gone at the end of the block, and of the test.
 */
export async function startNginx(program: string, target: string, settings = ""): Promise<Nginx> {
  const folder = await temporaryFolder();
  const port = await freePort();
  await writeFile(join(folder.path, "nginx.conf"), configuration(port, target, settings));
  const nginx = spawnProgram(program, ["-p", folder.path, "-c", "nginx.conf", "-e", "stderr"], {
    cwd: folder.path,
  });
  async function stop(): Promise<void> {
    await nginx.kill("SIGKILL");
    await folder.remove();
  }
  // A test that is given up at its timeout leaves its blocks unended.
  onTestFinished(stop);
  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([answers(url), nginx.waitFor(/it listens: never said, so this tells its end/)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, [Symbol.asyncDispose]: stop };
}

/** One process in the foreground, so that its id is all it takes to end it. */
function configuration(port: number, target: string, settings: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `daemon off;
master_process off;
pid nginx.pid;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${name};`).join("\n  ")}
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${target};
      ${settings}
    }
  }
}
`;
}

async function answers(url: string): Promise<void> {
  while (
    !(await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await sleep(20);
}
