import { parseArgs } from "node:util";
import { z } from "zod";
import { launchBrowser } from "../../tests/setup/browser.ts";
import { buildServer } from "../ingest/servers.ts";
import { createReport } from "../measure/create-report.ts";
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

const report = createReport();
const browser = await launchBrowser();
const isAsked = (part: (typeof PARTS)[number]): boolean => options.only.includes(part);

if (isAsked("load")) {
  await buildServer("bench/panel/bare");
  await report.run("load", () => measureLoad(browser, options.rounds), printLoad);
}
if (isAsked("scroll")) await report.run("scroll", () => measureScroll(browser, options.rows), printScroll);
if (isAsked("updates")) await report.run("updates", () => measureUpdates(browser), printUpdates);
await browser.close();
report.finish("panel", { options });
