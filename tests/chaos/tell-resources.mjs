// @ts-check
/**
 * Loaded into a server by `NODE_OPTIONS=--import`: at every SIGUSR2 it collects garbage and tells on stderr what the
 * process holds: `resources {"heapMb", "active": {<kind>: <count>}}`.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

process.on("SIGUSR2", () => {
  collect();
  collect();
  /** @type {Record<string, number>} */
  const active = {};
  for (const kind of process.getActiveResourcesInfo()) active[kind] = (active[kind] ?? 0) + 1;
  const heapMb = process.memoryUsage().heapUsed / 2 ** 20;
  console.error(`resources ${JSON.stringify({ heapMb, active })}`);
});
