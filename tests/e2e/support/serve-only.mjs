/** Stands in for `jobmon serve` until the terminal client has it. */
const value = (/** @type {string} */ flag) => process.argv[process.argv.indexOf(flag) + 1];
const has = (/** @type {string} */ flag) => process.argv.includes(flag);
const { serve } = await import("../../../build/server/index.js");
process.exit(
  await serve({
    ...(has("--port") ? { port: Number(value("--port")) } : {}),
    ...(has("--host") ? { host: value("--host") } : {}),
    ...(has("--data-dir") ? { dataDir: value("--data-dir") } : {}),
  }),
);
