import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export type DemoFolder = {
  path: string;
  dataDir: string;
  /** Where everything a child says goes, as a file descriptor. */
  log(name: string): number;
  /** The last lines of such a log that are meant for people: not the requests, one JSON object a line. */
  lastWords(name: string): string;
  /** Removes it, unless a person has named the data folder: that one stays. */
  remove(): void;
};

/** A fresh folder for one demo, or the data folder a person named. */
export function openDemoFolder(dataDir: string | undefined): DemoFolder {
  const path = mkdtempSync(join(tmpdir(), "jobmon-demo-"));
  const open: number[] = [];
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  return {
    path,
    dataDir: dataDir === undefined ? join(path, "data") : resolve(dataDir),
    log(name) {
      const file = openSync(join(path, name), "a");
      open.push(file);
      return file;
    },
    lastWords(name) {
      const lines = readFileSync(join(path, name), "utf8").trim().split("\n");
      return lines
        .filter((line) => !line.startsWith("{"))
        .slice(-5)
        .join("\n");
    },
    remove() {
      open.forEach(closeSync);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
