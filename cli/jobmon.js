#!/usr/bin/env node
/**
 * Starts the built terminal client. Written so that a Node of any age can read it: the version is looked at before
 * anything else is loaded.
 */
var needed = 24;

if (Number(process.versions.node.split(".")[0]) < needed) {
  console.error(
    "jobmon needs Node " +
      needed +
      " or newer, and this is Node " +
      process.versions.node +
      ": in the checkout `npm install` brings it and `npx jobmon` uses it, elsewhere install it from nodejs.org.",
  );
  process.exit(1);
}

/** Compiled code is kept in a folder of the user's own: a third less time to the first output. */
function keepCompiled(modules) {
  var os = modules[0];
  var path = modules[1];
  modules[2].enableCompileCache(path.join(os.homedir(), ".cache", "jobmon"));
}

Promise.all([import("node:os"), import("node:path"), import("node:module")])
  .then(keepCompiled)
  .then(function () {
    return import("../build/cli/main.js");
  })
  .catch(function (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND" || !/build.cli.main\.js' imported/.test(error.message))
      throw error;
    console.error(
      "jobmon is not built yet, run `npm run build` first (" + error.message.split("\n")[0] + ").",
    );
    process.exit(1);
  });
