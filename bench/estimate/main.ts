import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "#app/contract/job.ts";
import { remainingTime } from "#app/domain/remaining-time.ts";
import { runTime, usualTime } from "#app/domain/usual-time.ts";
import { type Script, scriptSchema } from "../../cli/demo/script.ts";
import { printTable } from "../measure/print-table.ts";
import { quantile } from "../measure/statistics.ts";
import { playDialogue } from "./play-dialogue.ts";

/**
 * `npm run bench:estimate`: how wrong the remaining time is over the recorded dialogues that complete, asked at every
 * second of their run, with and without a history of their kind. Recorded seconds are stretched to the minutes that
 * such jobs take; everything is computed, nothing waits.
 */
const FOLDER = join(import.meta.dirname, "../../tests/fixtures/callbacks");
const STRETCHES = [1, 5, 20];
/** What the others of its kind took, as parts of what this one takes: a third less to half as much again. */
const OTHERS = [0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5];

type Look = { left: number; total: number; said: ReturnType<typeof remainingTime> };

const scripts = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => scriptSchema.parse(JSON.parse(readFileSync(join(FOLDER, name), "utf8"))))
  .filter((script) => totalOf(playDialogue(script, 1).at(-1)?.job) > 0);
const head = ["pace", "history", "shown", "over", "of looks", "in range", "error p50", "p90", "width"];
const rows = STRETCHES.flatMap((stretch) =>
  [false, true].map((hasHistory) => {
    const looks = scripts.map((script) => lookAt(script, stretch, hasHistory));
    return [`${stretch} ×`, hasHistory ? "yes" : "no", ...summarize(looks)];
  }),
);
printTable(`${scripts.length} dialogues that complete`, [head, ...rows]);

/** One look a second from the start of the job to its end. */
function lookAt(script: Script, stretch: number, hasHistory: boolean): Look[] {
  const total = totalOf(playDialogue(script, stretch).at(-1)?.job);
  const usual = hasHistory ? usualTime(OTHERS.map((part) => part * total)) : undefined;
  const states = playDialogue(script, stretch, usual);
  const end = states.at(-1)?.at ?? 0;
  const looks: Look[] = [];
  for (let now = end - total * 1000 + 500; now < end; now += 1000) {
    const job = states.findLast(({ at }) => at <= now)?.job;
    if (job !== undefined) looks.push({ left: (end - now) / 1000, total, said: remainingTime(job, now) });
  }
  return looks;
}

function summarize(dialogues: readonly Look[][]): string[] {
  const shown = dialogues.filter((looks) => looks.some(({ said }) => said?.kind === "range"));
  const looks = dialogues.flat();
  const ranges = looks.flatMap(({ left, total, said }) =>
    said?.kind === "range" ? [{ left, total, ...said }] : [],
  );
  const hit = ranges.filter(({ left, low, high }) => left >= low * 0.9 && left <= high * 1.1).length;
  // In parts of the whole run: at the very end any error is many times what is left.
  const errors = ranges.map(({ left, total, low, high }) => Math.abs((low + high) / 2 - left) / total);
  const widths = ranges.map(({ total, low, high }) => (high - low) / total);
  return [
    `${shown.length}`,
    percent(looks.filter(({ said }) => said?.kind === "overdue").length / looks.length),
    percent(ranges.length / looks.length),
    percent(hit / ranges.length),
    percent(quantile(errors, 0.5)),
    percent(quantile(errors, 0.9)),
    percent(quantile(widths, 0.5)),
  ];
}

function totalOf(job: Job | undefined): number {
  return (job && runTime(job)) ?? 0;
}

function percent(part: number): string {
  return Number.isNaN(part) ? "–" : `${Math.round(part * 100)} %`;
}
