// @ts-check
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const bin = join(root, "node_modules", ".bin");
const systemPath = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((folder) => !folder.endsWith(join("node_modules", ".bin")));

/** PATH without any `node_modules/.bin`: for what has to work while `node_modules` is being replaced. */
export const PATH_OF_SYSTEM = systemPath.join(delimiter);

/** PATH with the project's own Node and tools first. */
export const PATH_OF_PROJECT = [bin, ...systemPath].join(delimiter);

/** A step could not be done; the message says what is missing and how to get it. */
export class SetupError extends Error {}

/**
 * Prints one line with the time the step took, as it starts and as it ends.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 */
export async function step(title, work) {
  const start = performance.now();
  process.stderr.write(`${title} … `);
  try {
    const result = await work();
    process.stderr.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stderr.write("failed\n");
    throw error;
  }
}

/**
 * Runs a program silently in the checkout; never throws.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, timeout?: number }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>} `output`: stdout and stderr as they came, or why it did not start
 */
export function capture(command, args, { env, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
      ...(timeout === undefined ? {} : { timeout }),
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output: output.trim() }));
  });
}
