import { parseArgs } from "node:util";
import { z } from "zod";
import { launchBrowser } from "../../tests/setup/browser.ts";
import { buildServer } from "../ingest/servers.ts";
import { type Goal, printGoals } from "../measure/goal.ts";
import { writeResults } from "../measure/write-results.ts";
import { measureLoad, printLoad } from "./load.ts";
import { measureScroll, printScroll } from "./scroll.ts";
import { measureUpdates, printUpdates } from "./updates.ts";

/**
 * `npm run bench:panel`: what the panel costs a browser. `--only load,scroll,updates`: parts; `--rounds`: how often each
 * page is loaded; `--rows`: of the long list. Loopback and a headless Chromium only.
 */
const PARTS = ["load", "scroll", "updates"] as const;
const optionsSchema = z.object({
  only: z
    .string()
    .transform((names) => names.split(","))
    .pipe(z.array(z.enum(PARTS)))
    .default([...PARTS]),
  rounds: z.coerce.number().int().min(1).default(7),
  rows: z.coerce.number().int().min(50).default(10_000),
});
const text = { type: "string" } as const;
const { values } = parseArgs({ options: { only: text, rounds: text, rows: text } });
const options = optionsSchema.parse(values);

const goals: Goal[] = [];
const results: Record<string, unknown> = {};
const browser = await launchBrowser();

async function run<T>(part: string, measured: () => Promise<T>, print: (result: T) => Goal[]): Promise<void> {
  if (!options.only.some((name) => name === part)) return;
  console.error(`${part} …`);
  const result = await measured();
  results[part] = result;
  goals.push(...print(result));
}

if (options.only.includes("load")) await buildServer("bench/panel/bare");
await run("load", () => measureLoad(browser, options.rounds), printLoad);
await run("scroll", () => measureScroll(browser, options.rows), printScroll);
await run("updates", () => measureUpdates(browser), printUpdates);
await browser.close();
printGoals(goals);
console.log(`\nwritten to ${writeResults("panel", { options, goals, ...results })}`);
