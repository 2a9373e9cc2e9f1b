import { expect, it } from "vitest";
import { loader as detail } from "#app/routes/api.jobs.$jobId.ts";
import { loader as metrics } from "#app/routes/metrics.ts";
import { JOBS, openHouse } from "./arrange.ts";

it("removes by itself what has expired, keeps what has not ended, and counts it", async () => {
  await using house = await openHouse({ RETENTION_DAYS: "0.000000001", WATCHDOG_SECONDS: "0.1" });
  const [running, ended] = [await house.register(), await house.register()];
  await house.report(ended, { status: "completed" });
  const statusOf = async ({ jobId }: { jobId: string }) => {
    const answer = await detail(house.args(new Request(`${JOBS}/${jobId}`), { jobId }));
    return answer.status;
  };
  await expect.poll(() => statusOf(ended)).toBe(404);
  expect(await statusOf(running)).toBe(200);
  const measured = async () => {
    const answer = await metrics(house.args(new Request("http://localhost:4500/metrics"), {}));
    return answer.text();
  };
  await expect.poll(measured).toContain("\njobmon_jobs_expired_total 1\n");
});
