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

/** A server process on its own core, port and data folder; the folder is removed when it is disposed of. */
export async function startServer(
  variant: Variant,
  { core, profile = false }: { core: string | undefined; profile?: boolean },
): Promise<Server> {
  const folder = createDataFolder();
  const runner = join(import.meta.dirname, "serve-build.ts");
  const node = profile ? ["--cpu-prof", `--cpu-prof-dir=${join(results, "profiles")}`] : [];
  const child = startChild([...node, runner, builds[variant], folder.path], { core });
  const [, url = ""] = await child.waitFor(/^jobmon listening on (http:\/\/\S+)\n/);
  return {
    ...child,
    url,
    async [Symbol.asyncDispose]() {
      await child.stop();
      folder.remove();
    },
  };
}

/** On the disk of the project, as the product's own `.jobmon` is: where an fsync costs what it costs. */
export function createDataFolder(): { path: string; remove(): void } {
  mkdirSync(results, { recursive: true });
  const path = mkdtempSync(join(results, "data-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
