import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type JobDetail, jobDetailSchema } from "#app/contract/http.ts";
import { loader } from "#app/routes/api.jobs.$jobId.ts";
import { fillIn, scriptSchema } from "../../cli/demo/script.ts";
import { decoded, type House, JOBS, openHouse } from "../routes/arrange.ts";
import { asciiJson } from "./play.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/callbacks");
const PATIENCE = 90_000;
const scripts = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, ...scriptSchema.parse(JSON.parse(readFileSync(join(FOLDER, name), "utf8"))) }));

let house: House;
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterAll(() => {
  vi.useRealTimers();
});
beforeEach(async () => {
  house = await openHouse({ WATCHDOG_SECONDS: "0.1" });
});
afterEach(() => house[Symbol.asyncDispose]());

/** Through the routes into real storage, at the recorded times, in the ASCII that Python writes. */
it.each(scripts)(
  "$name is answered and ends as it says: $describes",
  async (script) => {
    const { title, kind, registration, callbacks, expectedEnd, expectedLater } = script;
    const job = await house.register({ title, ...(kind && { kind }), ...registration });
    const ids = { jobId: job.jobId, processId: "job-1", callbackToken: job.callback_token };
    for (const { afterMs, body, expect: answer = {} } of callbacks) {
      vi.setSystemTime(Date.now() + afterMs);
      expect(await house.report(job, asciiJson(fillIn(body, ids)))).toMatchObject(answer);
    }
    // What is still to be stored may be stored by now.
    const { status } = await detail(job.jobId);
    if (expectedEnd.status !== "pending-storage") expect(await detail(job.jobId)).toMatchObject(expectedEnd);
    if (expectedLater === undefined) return;
    if (status === "queued" || status === "running") {
      vi.setSystemTime(Date.now() + (registration?.timeoutSeconds ?? 3_600) * 1_000);
    }
    await expect.poll(() => detail(job.jobId), { timeout: PATIENCE }).toMatchObject(expectedLater);
  },
  PATIENCE,
);

async function detail(jobId: string): Promise<JobDetail> {
  const request = new Request(`${JOBS}/${jobId}?limit=500&deliveries=50`);
  return decoded(await loader(house.args(request, { jobId })), 200, jobDetailSchema);
}
