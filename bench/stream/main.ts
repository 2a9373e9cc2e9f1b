import { buildServer } from "../ingest/servers.ts";
import { findCores, stayOn } from "../measure/cores.ts";
import { createReport } from "../measure/create-report.ts";
import { measureFanOut } from "./fan-out.ts";
import { measureIdle, printIdle } from "./idle.ts";
import { measureLatency, printLatency } from "./latency.ts";
import { checkOpenFiles } from "./open-files.ts";
import { readOptions } from "./options.ts";
import { measureReconnect, printReconnect } from "./reconnect.ts";
import { printFanOut } from "./report-fan-out.ts";
import { measureSlow, printSlow } from "./slow.ts";

/** `npm run bench:stream`: how fast viewers are told, and what they cost. Loopback only; ends by itself. */
const AT_MOST_MS = 60 * 60_000;

const options = readOptions(process.argv.slice(2));
setTimeout(() => {
  console.error("void: the bench took too long");
  process.exit(1);
}, AT_MOST_MS).unref();

checkOpenFiles();
const cores = findCores();
if (cores === undefined) console.log("server and client share their cores here: the figures are only rough");
else stayOn(cores.client);
await buildServer("bench/stream/users-server");

const report = createReport();
for (const part of options.only) {
  switch (part) {
    case "fan-out":
      await report.run(part, () => measureFanOut(options, cores), printFanOut);
      break;
    case "latency":
      await report.run(part, () => measureLatency(options, cores), printLatency);
      break;
    case "idle":
      await report.run(part, () => measureIdle(options, cores), printIdle);
      break;
    case "reconnect":
      await report.run(part, () => measureReconnect(options, cores), printReconnect);
      break;
    case "slow":
      await report.run(part, () => measureSlow(options, cores), printSlow);
      break;
  }
}
report.finish(options.name, { options, cores });
