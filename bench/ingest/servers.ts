import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Child, startChild } from "../measure/child.ts";

const project = join(import.meta.dirname, "../..");
const results = join(project, "bench/results");
const BUILD_MS = 120_000;

/** The product as built, and the same build with a repository that answers from memory. */
export type Variant = "product" | "memory";

const builds: Record<Variant, string> = {
  product: join(project, "build/server/index.js"),
  memory: join(project, "build/bench/memory-server/server/index.js"),
};

export type Server = Child & { url: string } & AsyncDisposable;

/** Builds a server of a bench, from the sources as they are. */
export async function buildServer(folder: string): Promise<void> {
  const args = ["build", folder, "--logLevel", "error"];
  const reactRouter = join(project, "node_modules/.bin/react-router");
  await promisify(execFile)(reactRouter, args, { cwd: project, timeout: BUILD_MS });
  // A built server reads its version two folders up.
  copyFileSync(join(project, "package.json"), join(project, "build/bench/package.json"));
}

/** A server process that says where it listens. */
export async function serve(
  args: readonly string[],
  options: { core?: string | undefined } = {},
): Promise<Server> {
  const child = startChild(args, options);
  const [, url = ""] = await child.waitFor(/^jobmon listening on (http:\/\/\S+)\n/);
  return { ...child, url, [Symbol.asyncDispose]: () => child.stop() };
}

/** The same, on a data folder that is its last argument; the folder is removed when it is disposed of. */
export async function serveFolder(
  args: readonly string[],
  options: { core?: string | undefined } = {},
): Promise<Server> {
  const folder = createDataFolder();
  const server = await serve([...args, folder.path], options);
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      await server.stop();
      folder.remove();
    },
  };
}

/** A server process on its own core, port and data folder. */
export function startServer(
  variant: Variant,
  { core, profile = false }: { core: string | undefined; profile?: boolean },
): Promise<Server> {
  const runner = join(import.meta.dirname, "serve-build.ts");
  const node = profile ? ["--cpu-prof", `--cpu-prof-dir=${join(results, "profiles")}`] : [];
  return serveFolder([...node, runner, builds[variant]], { core });
}

/** On the disk of the project, as the product's own `.jobmon` is: where an fsync costs what it costs. */
export function createDataFolder(): { path: string; remove(): void } {
  mkdirSync(results, { recursive: true });
  const path = mkdtempSync(join(results, "data-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
