import { words } from "#app/locales/words.ts";
import { EXIT } from "../exit-codes.ts";
import { openServer } from "../open-server.ts";
import { safeLine } from "../render/safe-line.ts";
import type { CompleteJobsInvocation } from "./complete-jobs.command.ts";

const JOBS = 50;
const ANSWER_WITHIN_MS = 10_000;

/**
 * The jobs that changed last, each as its id, a tabulator, title and status. Nothing where there is no answer soon: who
 * waits has pressed a key, and a message would stand in the middle of what is typed.
 */
export async function completeJobs({ io, given }: CompleteJobsInvocation): Promise<number> {
  const { locale } = io.environment;
  const late = Promise.withResolvers<[]>();
  const timer = setTimeout(late.resolve, ANSWER_WITHIN_MS, []);
  const jobs = await Promise.race([late.promise, findJobs()]);
  clearTimeout(timer);
  for (const { jobId, title, status } of jobs) {
    io.stdout.write(`${jobId}\t${safeLine(title)} (${words[locale].status[status]})\n`);
  }
  return EXIT.ok;

  async function findJobs() {
    try {
      const { api } = await openServer(io.environment, given);
      return (await api.list({ limit: JOBS })).items;
    } catch {
      return [];
    }
  }
}
