// @ts-check
import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, isStamped, stamp } from "./stamp.mjs";
import { PATH_OF_SYSTEM, SetupError, capture, root, step } from "./step.mjs";

const stampFile = "node_modules/.jobmon-stamp";

/**
 * `node_modules` as the lockfile says, with a Node that runs the product. Does nothing when the stamp over the
 * lockfile is the same and that Node starts.
 */
export async function ensureDependencies() {
  const wanted = fingerprint(["package-lock.json"]);
  if (isStamped(stampFile, wanted) && (await ownNodeRuns())) return;
  await step("Dependencies from package-lock.json", async () => {
    // Unlike the rest of the tools, npm must not come from the folder that it is about to replace.
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    const { ok, output } = await capture("npm", args, { env: { PATH: PATH_OF_SYSTEM } });
    if (!ok) {
      throw new SetupError(
        `${withoutStack(output)}\nThe dependencies are missing and \`npm ci\` could not bring them: it needs the npm registry once, so go online (or set npm's registry or proxy), then run the command again.`,
      );
    }
    stamp(stampFile, wanted);
  });
  if (!(await ownNodeRuns())) {
    throw new SetupError(
      "Node 24 did not come with the dependencies (npm package `node`); where install scripts are switched off, `npm rebuild node --ignore-scripts=false` brings it.",
    );
  }
  linkOwnCommand();
}

/** `npx jobmon` then finds the command at once, on our Node; without it npm prepares a folder of its own each time. */
function linkOwnCommand() {
  const link = join(root, "node_modules/.bin/jobmon");
  if (!existsSync(link)) symlinkSync("../../cli/jobmon.js", link);
}

async function ownNodeRuns() {
  const { ok, output } = await capture(join(root, "node_modules/.bin/node"), ["--version"]);
  return ok && Number(/^v(\d+)/.exec(output)?.[1]) >= 24;
}

/** @param {string} output */
function withoutStack(output) {
  const lines = output
    .split("\n")
    .filter((line) => !/^npm error(?:\s+at |\s+\w+: .*,$| \}|$)|A complete log/.test(line));
  return lines.slice(0, 12).join("\n");
}
