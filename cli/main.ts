import { readFileSync } from "node:fs";
import { createProcessIo } from "./process-io.ts";
import { run } from "./run.ts";

/** Seen from `build/cli/main.cjs`, which this file is built to. */
const root = new URL("../../", import.meta.url);
const { version = "0.0.0" }: { version?: string } = JSON.parse(
  readFileSync(new URL("package.json", root), "utf8"),
);
const server = new URL("build/server/index.js", root);
const main = new URL(import.meta.url);

void run(process.argv.slice(2), createProcessIo(), { version, server, main, root }).then(process.exit);
