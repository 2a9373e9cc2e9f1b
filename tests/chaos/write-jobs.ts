import { randomUUID } from "node:crypto";
import { callbackAnswerSchema, type Registered, registeredSchema } from "#app/contract/http.ts";
import { postJson } from "../e2e/support/jobs.ts";
import type { Acknowledged } from "./history.ts";
import { between, pause, type Random } from "./seed.ts";

/** How long a writer waits before it sends again what nobody answered. */
const AGAIN_MS = 50;
const ENDS = ["completed", "completed", "failed", "canceled"];

/**
 * Writes `jobs` jobs one after the other, each with its callbacks and a final, to any of the servers. What is not
 * answered is sent again under the same key until it is; everything that was acknowledged is recorded.
 */
export async function writeJobs(options: {
  urls: readonly string[];
  jobs: number;
  random: Random;
  acknowledged: Acknowledged[];
}): Promise<void> {
  const { urls, random, acknowledged } = options;
  const anyUrl = (): string => urls[between(random, 0, urls.length - 1)] ?? "";

  async function report(job: Registered, message: string, body: object): Promise<void> {
    const headers = { "X-Callback-Token": job.callback_token, "Idempotency-Key": randomUUID() };
    const path = new URL(job.callback_url).pathname;
    const answer = await untilAnswered(() => postJson(`${anyUrl()}${path}`, { ...body, message }, headers));
    const { applied, revision, status } = callbackAnswerSchema.parse(await answer.json());
    acknowledged.push({ jobId: job.jobId, message, applied, revision, status });
  }

  for (let n = 0; n < options.jobs; n++) {
    const key = { "Idempotency-Key": randomUUID() };
    const title = `Bericht ${n} – Größe 🎧.pdf`;
    const answer = await untilAnswered(() => postJson(`${anyUrl()}/api/external/jobs`, { title }, key));
    const job = registeredSchema.parse(await answer.json());
    const pages = between(random, 5, 20);
    for (let page = 1; page <= pages; page++) {
      const progress = Math.floor((page / pages) * 99);
      await report(job, `Seite ${page}/${pages} – ä🎬`, { phase: "processing", progress });
      await pause(between(random, 0, 30));
    }
    const status = ENDS[between(random, 0, ENDS.length - 1)] ?? "completed";
    const result = status === "completed" ? { data: { extracted_text: "Text" } } : {};
    await report(job, `Ende: ${status}`, { status, ...result });
  }
}

/** 2xx and nothing else: a refused port, a broken connection, 429 and 503 are tried again; another answer is a fault. */
async function untilAnswered(send: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await send().catch(() => undefined);
    if (answer?.ok) return answer;
    if (answer !== undefined && ![429, 502, 503, 504].includes(answer.status))
      throw new Error(`a writer was answered ${answer.status} ${await answer.text()}`);
    await pause(AGAIN_MS);
  }
}
