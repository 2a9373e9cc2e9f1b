import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createStaticFiles } from "./static-files.server.ts";

let folder: string;
let server: Server;
let url: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jobmon-static-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "assets/a.js"), "export {};");
  await writeFile(join(folder, "assets/c.js"), "export const c = 1;");
  await writeFile(join(folder, "assets/c.js.gz"), gzipSync("export const c = 1;"));
  await writeFile(join(folder, "icon.svg"), "<svg/>");
  const files = createStaticFiles(folder);
  server = createServer((request, response) => {
    files(request, response, () => void response.writeHead(404).end(request.url));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

it("serves assets for ever, other files until they change, and hands on what is none", async () => {
  const [asset, icon, none] = await Promise.all(
    ["/assets/a.js", "/icon.svg", "/assets/b.js"].map((path) => fetch(url + path)),
  );
  expect(asset?.headers.get("Cache-Control")).toContain("immutable");
  expect(icon?.headers.get("ETag")).toBeTruthy();
  expect([none?.status, await none?.text()]).toEqual([404, "/assets/b.js"]);
});

it("answers with what is there compressed whoever takes that, and others with the file itself", async () => {
  for (const [taken, encoding] of [
    ["gzip", "gzip"],
    ["identity", null],
  ] as const) {
    const answer = await fetch(`${url}/assets/c.js`, { headers: { "Accept-Encoding": taken } });
    expect(answer.headers.get("Content-Encoding")).toBe(encoding);
    expect(answer.headers.get("Content-Type")).toBe("text/javascript");
    expect(answer.headers.get("Vary")).toBe("Accept-Encoding");
    expect(await answer.text()).toBe("export const c = 1;");
  }
});

it("survives that a file is gone by the time it is asked for", async () => {
  await rm(join(folder, "assets/a.js"));
  await expect(fetch(`${url}/assets/a.js`).then((answer) => answer.text())).rejects.toThrow(
    /terminated|fetch|socket/i,
  );
  expect((await fetch(`${url}/icon.svg`)).status).toBe(200);
});
