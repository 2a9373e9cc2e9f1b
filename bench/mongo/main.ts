import { startMongo } from "../../tests/support/start-mongo.ts";
import { type Goal, printGoals } from "../measure/goal.ts";
import { writeResults } from "../measure/write-results.ts";
import { measureList, printList } from "./list.ts";
import { measureMemory, printMemory } from "./memory.ts";
import { readOptions } from "./options.ts";
import { measureRates, printRates } from "./rates.ts";
import { measureShown, printShown } from "./viewers.ts";

/** `npm run bench:mongo`: what MongoDB costs a callback, a viewer, a stream and a list. A part that fails ends it with 1. */
const AT_MOST_MS = 30 * 60_000;

const options = readOptions(process.argv.slice(2));
setTimeout(() => {
  console.error("void: the bench took too long");
  process.exit(1);
}, AT_MOST_MS).unref();

const mongo = await startMongo({ own: true });
if (mongo === undefined) process.exit(1);
const goals: Goal[] = [];
const results: Record<string, unknown> = {};
try {
  for (const part of options.only) {
    console.error(`${part} …`);
    switch (part) {
      case "rates": {
        const rates = await measureRates(options, mongo);
        goals.push(...printRates(rates));
        results[part] = rates;
        break;
      }
      case "viewers": {
        const shown = await measureShown(options, mongo);
        goals.push(...printShown(shown));
        results[part] = shown;
        break;
      }
      case "memory": {
        const rounds = await measureMemory(options, mongo);
        goals.push(...printMemory(rounds));
        results[part] = rounds;
        break;
      }
      case "list": {
        const listed = await measureList(options, mongo);
        goals.push(...printList(listed, options));
        results[part] = listed;
        break;
      }
    }
  }
} finally {
  await mongo.stop();
}
printGoals(goals);
console.log(`\nwritten to ${writeResults("mongo", { options, goals, ...results })}`);
