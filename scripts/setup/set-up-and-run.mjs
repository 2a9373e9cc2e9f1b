// @ts-check
import { ensureBrowser } from "./browser.mjs";
import { ensureBuild } from "./build.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { ensurePython } from "./python.mjs";
import { runCommand } from "./run-command.mjs";
import { SetupError } from "./step.mjs";

/**
 * @param {string[]} args `[--build | --rebuild] [--browser] [--python] -- command args…`
 * @returns {Promise<number>} the exit code: that of the command, or 1 with a sentence on stderr when a step failed
 */
export async function setUpAndRun(args) {
  const separator = args.indexOf("--");
  const options = separator === -1 ? args : args.slice(0, separator);
  const [command, ...rest] = separator === -1 ? [] : args.slice(separator + 1);
  try {
    await ensureDependencies();
    const again = options.includes("--rebuild");
    if (again || options.includes("--build")) await ensureBuild({ again });
    const env = {
      ...(options.includes("--browser") && { CHROMIUM_PATH: await ensureBrowser() }),
      ...(options.includes("--python") && { PYTHON_PATH: await ensurePython() }),
    };
    return command === undefined ? 0 : await runCommand(command, rest, env);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    return 1;
  }
}
