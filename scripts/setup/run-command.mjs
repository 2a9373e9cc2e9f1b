// @ts-check
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { PATH_OF_PROJECT, root } from "./step.mjs";

/**
 * Runs the command in the foreground with the project's tools first on the PATH and hands its exit code on.
 * A SIGTERM is passed to it; so is a SIGINT, except in a terminal, where Ctrl-C reaches it anyway.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>} 128 + n where signal n ended it, as a shell says it
 */
export function runCommand(command, args, env) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env, PATH: PATH_OF_PROJECT },
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(`\`${command}\` could not be started: ${error.message}.`);
      resolve(127);
    });
    child.on("close", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
