import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join, relative } from "node:path";

const folder = join(import.meta.dirname, "../results");

/** Writes `bench/results/<name>-<date>.json` with the machine it was measured on; returns the path. */
export function writeResults(name: string, results: object): string {
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const path = join(folder, `${name}-${at.slice(0, 19).replaceAll(":", "")}.json`);
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, linux: release() };
  writeFileSync(path, `${JSON.stringify({ at, machine, ...results }, null, 2)}\n`);
  return relative(process.cwd(), path);
}
