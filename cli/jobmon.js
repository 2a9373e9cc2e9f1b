#!/usr/bin/env node
/**
 * Starts the built terminal client. Written so that Node 12 can read it too: the version is looked at before
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

var builtin = process.getBuiltinModule;
var nodeModule = builtin("node:module");
var main = builtin("node:path").join(import.meta.dirname, "../build/cli/main.cjs");

if (!builtin("node:fs").existsSync(main)) {
  console.error("jobmon is not built yet, run `npm run build` first (" + main + " is missing).");
  process.exit(1);
}

/** Compiled code is kept in a folder of the user's own: a third less time to the first output. */
nodeModule.enableCompileCache(builtin("node:path").join(builtin("node:os").homedir(), ".cache", "jobmon"));
nodeModule.createRequire(import.meta.url)(main);
