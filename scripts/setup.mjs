// @ts-check
/**
 * Brings what is missing (dependencies, build, browser, Python's requests), then runs a command with the project's own
 * Node first on the PATH: `node scripts/setup.mjs [--build | --rebuild] [--browser] [--python] -- command args…`. Plain
 * JavaScript without dependencies, because it is what runs first on a bare machine.
 */
const oldest = 20;

if (Number(process.versions.node.split(".")[0]) < oldest) {
  console.error(
    `Node ${process.versions.node} is too old to set this project up: install Node ${oldest} or newer (nodejs.org), then run the command again.`,
  );
  process.exit(1);
}

import("./setup/set-up-and-run.mjs")
  .then(({ setUpAndRun }) => setUpAndRun(process.argv.slice(2)))
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
