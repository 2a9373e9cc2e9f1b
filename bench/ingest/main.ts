import { findCores, stayOn } from "../measure/cores.ts";
import { type Goal, printGoals } from "../measure/goal.ts";
import { writeResults } from "../measure/write-results.ts";
import { measureGrowth, printGrowth } from "./growth.ts";
import { measureLargeFinals, printLargeFinals } from "./large-finals.ts";
import { readOptions } from "./options.ts";
import { measureRates } from "./rates.ts";
import { goalsOfRates, printRates } from "./report-rates.ts";
import { buildServer } from "./servers.ts";
import { measureStalls, printStalls } from "./stall.ts";

/** `npm run bench:ingest`: how fast callbacks are taken, and what they cost. Loopback only; ends by itself. */
const AT_MOST_MS = 45 * 60_000;

const options = readOptions(process.argv.slice(2));
setTimeout(() => {
  console.error("void: the bench took too long");
  process.exit(1);
}, AT_MOST_MS).unref();

const cores = findCores();
if (cores === undefined) console.log("server and client share their cores here: the figures are only rough");
else stayOn(cores.client);

const goals: Goal[] = [];
const results: Record<string, unknown> = {};
for (const part of options.only) {
  console.error(`${part} …`);
  switch (part) {
    case "rates": {
      await buildServer("bench/ingest/memory-server");
      const rows = await measureRates(options, cores);
      printRates(rows);
      goals.push(...goalsOfRates(rows));
      results[part] = rows;
      break;
    }
    case "growth": {
      const growth = await measureGrowth(cores);
      goals.push(...printGrowth(growth));
      results[part] = growth;
      break;
    }
    case "memory": {
      const uses = [await measureLargeFinals(cores, 1), await measureLargeFinals(cores, 8)];
      goals.push(...printLargeFinals(uses));
      results[part] = uses;
      break;
    }
    case "stall": {
      const stalls = await measureStalls(cores);
      goals.push(...printStalls(stalls));
      results[part] = stalls;
      break;
    }
  }
}
printGoals(goals);
console.log(`\nwritten to ${writeResults(options.name, { options, cores, goals, ...results })}`);
