import { afterEach, beforeEach, expect, it } from "vitest";
import type { Registered } from "#app/contract/http.ts";
import { action, loader } from "#app/routes/api.jobs.stream.ts";
import { type House, JOBS, openHouse, refusal } from "./arrange.ts";

let house: House;
let job: Registered;
beforeEach(async () => {
  house = await openHouse();
  job = await house.register();
});
afterEach(() => house[Symbol.asyncDispose]());

it("is an event stream that nobody may hold back", async () => {
  await using stream = await open();
  expect(stream.answer.status).toBe(200);
  expect(stream.answer.headers.get("Content-Type")).toBe("text/event-stream");
  expect(stream.answer.headers.get("Cache-Control")).toBe("no-cache, no-transform");
  expect(stream.answer.headers.get("X-Accel-Buffering")).toBe("no");
});

it("says ready, then tells what happens, with a position to resume from", async () => {
  await using stream = await open();
  await stream.until("event: ready");
  await house.report(job, { progress: 5 });
  const text = await stream.until('"progress":5');
  expect(text).toMatch(/id: ?[0-9a-z]+\.2/);
  expect(text).toContain("event: job_update");
});

it("resumes after Last-Event-ID, which wins over the address", async () => {
  const epoch = (await house.services.listJobs({ userEmail: "dev@localhost" }, QUERY)).head.split(".")[0];
  await house.report(job, { message: "verpasst" });
  await using stream = await open(`?after=${epoch}.2`, { "Last-Event-ID": `${epoch}.1` });
  expect(await stream.until("event: ready")).toContain("verpasst");
});

it("resets for a position that is none of this user's", async () => {
  for (const after of ["", "nonsense", "0.1", "%0D%0Aevent: bye", "x".repeat(10_000)]) {
    await using stream = await open(`?after=${after}`);
    expect(await stream.until("event: ready")).toContain("event: reset");
  }
});

it("brings the lines of one job on demand, from the index asked for", async () => {
  await house.report(job, { logs: ["null", "eins", "zwei"] });
  await using stream = await open(`?job=${job.jobId}&logFrom=1`);
  const text = await stream.until("event: ready");
  expect(text.match(/event: job_log/g)).toHaveLength(2);
  expect(text).not.toContain('"message":"null"');
});

it("tells another user nothing", async () => {
  await using stream = await open("", {}, "bert@example.org");
  await stream.until("event: ready");
  await house.report(job, { message: "geheim" });
  house.services.streams.closeAll();
  expect(await stream.until("event: bye")).not.toContain("geheim");
});

it("is let go of when its viewer hangs up", async () => {
  const stream = await open();
  await stream.until("event: ready");
  expect(house.services.streams.count()).toBe(1);
  await stream[Symbol.asyncDispose]();
  expect(house.services.streams.count()).toBe(0);
});

it("says bye, when to come back, and ends when the server closes", async () => {
  await using stream = await open();
  await stream.until("event: ready");
  await house.services.close();
  expect(await stream.toEnd()).toMatch(/event: bye\ndata: ?\{"retry":\d+\}/);
  expect(house.services.streams.count()).toBe(0);
});

it("ends when the repository fails, so that the viewer comes back", async () => {
  await using other = await openHouse();
  const { streams } = other.services;
  await other.services.close();
  const answer = await loader(other.args(new Request(`${JOBS}/stream`), {}));
  expect(await answer.text()).not.toContain("ready");
  await expect.poll(() => streams.count()).toBe(0);
});

it("is refused to nobody, and for parameters that are wrong", async () => {
  const nobody = await loader(house.args(new Request(`${JOBS}/stream`), {}, house.as(undefined)));
  expect(await refusal(nobody)).toMatchObject({ status: 401 });
  const wrong = await loader(house.args(new Request(`${JOBS}/stream?logFrom=-1`), {}));
  expect(await refusal(wrong)).toMatchObject({ status: 400, field: "logFrom" });
});

it("answers any other method with 405", async () => {
  const answer = await action(house.args(new Request(`${JOBS}/stream`, { method: "POST" }), {}));
  expect(answer.headers.get("Allow")).toBe("GET");
  expect(await refusal(answer)).toMatchObject({ status: 405 });
});

const QUERY = { page: 1, limit: 20 };

async function open(search = "", headers: Record<string, string> = {}, userEmail = "dev@localhost") {
  const request = new Request(`${JOBS}/stream${search}`, { headers });
  const answer = await loader(house.args(request, {}, house.as(userEmail)));
  const reader = answer.body?.getReader();
  const utf8 = new TextDecoder();
  let text = "";
  async function more(): Promise<boolean> {
    const { done = true, value } = (await reader?.read()) ?? {};
    text += utf8.decode(value, { stream: true });
    return !done;
  }
  return {
    answer,
    /** Everything so far, once it holds this text and the event it is in has ended. */
    async until(part: string): Promise<string> {
      while (!text.slice(text.indexOf(part)).includes("\n\n") || !text.includes(part)) {
        if (!(await more())) throw new Error(`the stream ended without ${part}: ${text}`);
      }
      return text;
    },
    async toEnd(): Promise<string> {
      while (await more());
      return text;
    },
    [Symbol.asyncDispose]: async () => reader?.cancel(),
  };
}
