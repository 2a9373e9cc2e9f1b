import { startMongo } from "../../tests/support/start-mongo.ts";
import { createReport } from "../measure/create-report.ts";
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
const report = createReport();
try {
  for (const part of options.only) {
    switch (part) {
      case "rates":
        await report.run(part, () => measureRates(options, mongo), printRates);
        break;
      case "viewers":
        await report.run(part, () => measureShown(options, mongo), printShown);
        break;
      case "memory":
        await report.run(part, () => measureMemory(options, mongo), printMemory);
        break;
      case "list":
        await report.run(
          part,
          () => measureList(options, mongo),
          (listed) => printList(listed, options),
        );
        break;
    }
  }
} finally {
  await mongo.stop();
}
report.finish("mongo", { options });
