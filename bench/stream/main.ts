import { buildServer } from "../ingest/servers.ts";
import { findCores, stayOn } from "../measure/cores.ts";
import { type Goal, printGoals } from "../measure/goal.ts";
import { writeResults } from "../measure/write-results.ts";
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

const goals: Goal[] = [];
const results: Record<string, unknown> = {};

async function run<T>(part: string, measured: Promise<T>, print: (result: T) => Goal[]): Promise<void> {
  console.error(`${part} …`);
  const result = await measured;
  results[part] = result;
  goals.push(...print(result));
}

for (const part of options.only) {
  switch (part) {
    case "fan-out":
      await run(part, measureFanOut(options, cores), printFanOut);
      break;
    case "latency":
      await run(part, measureLatency(options, cores), printLatency);
      break;
    case "idle":
      await run(part, measureIdle(options, cores), printIdle);
      break;
    case "reconnect":
      await run(part, measureReconnect(options, cores), printReconnect);
      break;
    case "slow":
      await run(part, measureSlow(options, cores), printSlow);
      break;
  }
}
printGoals(goals);
console.log(`\nwritten to ${writeResults(options.name, { options, cores, goals, ...results })}`);
