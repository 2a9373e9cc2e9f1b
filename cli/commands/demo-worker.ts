import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { terminalTexts } from "#app/locales/terminal.ts";
import { type DemoJob, playScript, readDocument } from "../demo/demo-jobs.ts";
import { findDocuments } from "../demo/read-documents.ts";
import { registerJob, type ReportedJob } from "../demo/report-job.ts";
import { demoScripts } from "../demo/scripts.ts";
import { endWithParent } from "../end-with-parent.ts";
import type { Io } from "../io.ts";
import type { DemoWorkerInvocation } from "./demo.command.ts";

const HANDS = 3;
const REGISTER_EVERY_MS = 400;
const PAUSE_MS = 6_000;

/**
 * The worker of the demo: registers all jobs as an application would, then works through them with three hands, over
 * HTTP alone. After that one job at a time, or with `once` the end. Tells its parent `played` after the first round.
 */
export async function demoWorker({ io, pkg, given }: DemoWorkerInvocation): Promise<number> {
  const { url, once, speed } = given;
  endWithParent();
  const wait = (milliseconds: number): Promise<void> => sleep(milliseconds / speed);
  const jobs = await collectJobs(io, fileURLToPath(pkg.root));

  const places = jobs.map((job) => ({ job, registered: Promise.withResolvers<ReportedJob>() }));
  let taken = 0;
  async function hand(): Promise<void> {
    for (let place = places[taken++]; place !== undefined; place = places[taken++]) {
      await place.job.work(await place.registered.promise, wait);
    }
  }
  const hands = Array.from({ length: HANDS }, hand);
  for (const { job, registered } of places) {
    registered.resolve(await registerJob(url, job.request));
    await wait(REGISTER_EVERY_MS);
  }
  await Promise.all(hands);
  if (once) return 0;

  process.send?.("played");
  const again = jobs.filter(({ ends }) => ends);
  for (let turn = 0; ; turn++) {
    await wait(PAUSE_MS);
    const job = again[turn % again.length];
    if (job !== undefined) await job.work(await registerJob(url, job.request), wait);
  }
}

/** Dialogues and documents in turn. */
async function collectJobs(io: Io, root: string): Promise<DemoJob[]> {
  const { demo } = terminalTexts[io.environment.locale];
  const documents = (await findDocuments(root)).map(({ name, readPages }) =>
    readDocument(name, readPages, demo),
  );
  const scripts = demoScripts.map(playScript);
  const length = Math.max(documents.length, scripts.length);
  return Array.from({ length }, (_, at) => [scripts[at], documents[at]])
    .flat()
    .filter((job) => job !== undefined);
}
