import { findCores, stayOn } from "../measure/cores.ts";
import { createReport } from "../measure/create-report.ts";
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

const report = createReport();
for (const part of options.only) {
  switch (part) {
    case "rates":
      await buildServer("bench/ingest/memory-server");
      await report.run(
        part,
        () => measureRates(options, cores),
        (rows) => {
          printRates(rows);
          return goalsOfRates(rows);
        },
      );
      break;
    case "growth":
      await report.run(part, () => measureGrowth(cores), printGrowth);
      break;
    case "memory":
      await report.run(
        part,
        async () => [await measureLargeFinals(cores, 1), await measureLargeFinals(cores, 8)],
        printLargeFinals,
      );
      break;
    case "stall":
      await report.run(part, () => measureStalls(cores), printStalls);
      break;
  }
}
report.finish(options.name, { options, cores });
