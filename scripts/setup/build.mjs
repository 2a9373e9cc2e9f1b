// @ts-check
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, isStamped, stamp } from "./stamp.mjs";
import { PATH_OF_PROJECT, SetupError, capture, root, step } from "./step.mjs";

const stampFile = "build/.jobmon-stamp";
const results = [
  "build/client",
  "build/server/index.js",
  "build/server/callback-worker.cjs",
  "build/cli/main.cjs",
  "build/library/client.js",
];
const sources = [
  "app",
  "cli",
  "package-lock.json",
  "package.json",
  "react-router.config.ts",
  "scripts/build",
  "tsconfig.json",
  "tsconfig.library.json",
  "vite.config.ts",
  "vite.library.config.ts",
  "vite.node.config.ts",
];

/**
 * `build/` as the sources say; does nothing when the stamp over them is the same, unless it is asked to build anyway.
 * @param {{ again: boolean }} options
 */
export async function ensureBuild({ again }) {
  const wanted = fingerprint(sources);
  if (!again && isStamped(stampFile, wanted) && results.every((path) => existsSync(join(root, path)))) return;
  await step("Build of server, panel and terminal client", async () => {
    rmSync(join(root, "build"), { recursive: true, force: true });
    for (const [command = "", ...args] of [
      ["react-router", "build"],
      ["node", "scripts/build/compress-assets.mjs"],
      ["vite", "build", "-c", "vite.node.config.ts"],
      ["vite", "build", "-c", "vite.library.config.ts"],
      ["node", "scripts/build/write-client-types.mjs"],
    ]) {
      const { ok, output } = await capture(command, args, { env: { PATH: PATH_OF_PROJECT } });
      if (!ok) {
        throw new SetupError(
          `${output}\nThe build failed at \`${[command, ...args].join(" ")}\`: \`npm run typecheck\` usually names the place.`,
        );
      }
    }
    stamp(stampFile, wanted);
  });
}
