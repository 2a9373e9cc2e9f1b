// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { PATH_OF_PROJECT, SetupError, capture, root, step } from "./step.mjs";

const ownFolder = join(root, "node_modules", ".jobmon-python");
const candidates = ["python3", "/usr/bin/python3", join(ownFolder, "bin", "python")];

/**
 * A Python with `requests` for the tests: an installed one, else Debian's package where we are root, else an
 * environment of our own.
 * @returns {Promise<string>} what to start it by
 */
export async function ensurePython() {
  const named = process.env.PYTHON_PATH;
  const found = await findPython(named ? [named] : candidates);
  if (found) return found;
  if (named) {
    throw new SetupError(
      `PYTHON_PATH names ${named}, which is no Python 3 with \`requests\`: correct it or unset it.`,
    );
  }
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    const installed = await bring("Python's requests for the tests, by apt-get", [
      ["apt-get", "update"],
      ["apt-get", "install", "-y", "--no-install-recommends", "python3-requests"],
    ]);
    if (installed) return installed;
  }
  const installed = await bring("Python's requests for the tests, by pip", [
    ["python3", "-m", "venv", ownFolder],
    [join(ownFolder, "bin", "python"), "-m", "pip", "install", "--quiet", "requests"],
  ]);
  if (installed) return installed;
  throw new SetupError(
    "The tests need Python 3 with `requests`, and it could not be installed: install it (on Debian `apt-get install python3-requests`), or name one in PYTHON_PATH, then run the command again.",
  );
}

/**
 * @param {string} title
 * @param {string[][]} commands
 */
function bring(title, commands) {
  return step(title, async () => {
    const env = { PATH: PATH_OF_PROJECT, DEBIAN_FRONTEND: "noninteractive" };
    for (const [command = "", ...args] of commands) {
      const { ok, output } = await capture(command, args, { env, timeout: 300_000 });
      if (!ok) throw new SetupError(output);
    }
    return findPython(candidates);
  }).catch(() => undefined);
}

/**
 * @param {string[]} commands
 * @returns {Promise<string | undefined>}
 */
async function findPython(commands) {
  for (const command of commands) {
    const { ok } = await capture(command, ["-c", "import sys, requests; assert sys.version_info >= (3, 8)"], {
      env: { PATH: PATH_OF_PROJECT },
      timeout: 30_000,
    });
    if (ok) return command;
  }
  return undefined;
}
