// Fetched when it is first needed, which may be after a test is over.
import "./decoders.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { JobDetail } from "#app/contract/http.ts";
import { jobSummarySchema } from "#app/contract/job.ts";
import { type Answer, json, startScriptedServer, status } from "../../tests/e2e/support/scripted-server.ts";
import { createJobFollower, type JobFollower } from "./follow-job.ts";
import { createJobsApi } from "./jobs-api.ts";

let ends: (() => unknown)[] = [];
beforeEach(() => (ends = []));
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

it("loads a job once and then adds its lines and its newer states as they come", async () => {
  const { follower, requests } = await follow([
    json(detail({ logs: lines(20, 70), logsFrom: 20, logCount: 70 })),
    stream(
      log(70),
      log(70),
      log(71),
      update({ revision: 3, phase: "ocr", progress: 40 }),
      update({ revision: 2 }),
    ),
  ]);
  await expect.poll(() => follower.state().job?.detail.progress).toBe(40);
  expect(indexes(follower)).toEqual([20, 71]);
  expect(follower.state().job?.detail).toMatchObject({ revision: 3, logCount: 72 });
  expect(follower.state().job?.detail.phases?.map(({ phase }) => phase)).toEqual(["reading", "ocr"]);
  expect(requests()[1]).toBe("/api/external/jobs/stream?job=a&logFrom=70");
});

it("brings older lines before those it has, and knows when there are none left", async () => {
  const { follower, requests } = await follow([
    json(detail({ logs: lines(550, 600), logsFrom: 550, logCount: 600 })),
    stream(),
    json(detail({ logs: lines(450, 550), logsFrom: 450, logCount: 600 })),
    json(detail({ logs: lines(100, 450), logsFrom: 100, logCount: 600 })),
  ]);
  await expect.poll(() => follower.state().connection?.state).toBe("live");
  expect(follower.state().job?.hasOlder).toBe(true);
  await Promise.all([follower.loadOlder(), follower.loadOlder("all")]);
  expect(indexes(follower)).toEqual([100, 599]);
  expect(follower.state().job?.lines.length).toBe(500);
  expect(follower.state().job?.hasOlder).toBe(false);
  await follower.loadOlder();
  expect(requests().slice(2)).toEqual([
    "/api/external/jobs/a?limit=100&before=550",
    "/api/external/jobs/a?limit=500&before=450",
  ]);
});

it("loads the job again when it ends, and lets go of the stream", async () => {
  const end = { status: "completed", finishedAt: AT, revision: 5 } as const;
  const { follower, open } = await follow([
    json(detail({})),
    stream(update(end)),
    json(detail({ ...end, result: { links: [], text: "Ergebnis" } })),
  ]);
  await expect.poll(() => follower.state().job?.detail.result?.text).toBe("Ergebnis");
  await expect.poll(() => open()).toBe(0);
});

it("loads a job that has ended again when somebody hears of a change, as of a file that came late", async () => {
  const end = { status: "completed", finishedAt: AT, revision: 5 } as const;
  const files = [{ kind: "file", name: "raw", state: "stored" }] as const;
  const { follower } = await follow([
    json(detail(end)),
    json(detail({ ...end, revision: 7, files: [...files] })),
  ]);
  await expect.poll(() => follower.state().job).toBeDefined();
  follower.hear(jobSummarySchema.parse(detail({ ...end, revision: 7 })));
  await expect.poll(() => follower.state().job?.detail.files).toEqual(files);
});

it("keeps what it shows when older lines do not come, and rejects", async () => {
  const { follower } = await follow([
    json(detail({ logs: lines(10, 20), logsFrom: 10, logCount: 20 })),
    stream(),
    status(503),
  ]);
  await expect.poll(() => follower.state().connection?.state).toBe("live");
  await expect(follower.loadOlder()).rejects.toMatchObject({ status: 503 });
  expect(indexes(follower)).toEqual([10, 19]);
});

it("takes a state that somebody else has heard of, also before the job is loaded", async () => {
  const { follower } = await follow([json(detail({})), stream()]);
  follower.hear(jobSummarySchema.parse({ ...detail({}), revision: 7, message: "Seite 9" }));
  await expect.poll(() => follower.state().job?.detail.message).toBe("Seite 9");
});

it.each([
  [404, "gone"],
  [503, "unreachable"],
  [400, "failed"],
] as const)("says what is wrong at %d, and can try again", async (code, problem) => {
  const { follower } = await follow([status(code), json(detail({})), stream()]);
  await expect.poll(() => follower.state().problem).toBe(problem);
  follower.retry();
  await expect.poll(() => follower.state().job).toBeDefined();
  expect(follower.state().problem).toBeUndefined();
});

it("says that a job is gone when it is removed while somebody looks", async () => {
  const { follower } = await follow([
    json(detail({})),
    stream('event: job_removed\ndata: {"jobId":"a"}\n\n'),
  ]);
  await expect.poll(() => follower.state().problem).toBe("gone");
});

it("begins with what the page came with, and looks once for what came in between", async () => {
  const { follower, requests } = await follow(
    [stream(), json(detail({ revision: 4, message: "dazwischen" }))],
    { first: detail({}), isAlone: true },
  );
  expect(follower.state().job?.detail.revision).toBe(1);
  await expect.poll(() => follower.state().job?.detail.message).toBe("dazwischen");
  expect(requests().length).toBe(2);
});

const AT = "2026-01-01T00:00:00.000Z";

async function follow(answers: Answer[], options: { first?: JobDetail; isAlone?: boolean } = {}) {
  const server = await startScriptedServer([...answers, status(500)]);
  ends.push(() => server[Symbol.asyncDispose]());
  const api = createJobsApi({ baseUrl: server.url });
  const follower = createJobFollower({ jobId: "a", api, ...options });
  ends.push(follower.subscribe(() => {}));
  return {
    follower,
    open: () => server.open(),
    requests: () => server.requests.map(({ url }) => url.pathname + url.search),
  };
}

function detail(fields: Partial<JobDetail>): JobDetail {
  return {
    jobId: "a",
    title: "Bericht.pdf",
    status: "running",
    phase: "reading",
    phases: [{ phase: "reading", startedAt: AT }],
    createdAt: AT,
    startedAt: AT,
    updatedAt: AT,
    revision: 1,
    stallAfterSeconds: 300,
    cancelRequested: false,
    logs: [],
    logsFrom: 0,
    logCount: 0,
    artifacts: [],
    ...fields,
  };
}

function lines(from: number, to: number): JobDetail["logs"] {
  return Array.from({ length: to - from }, (_, n) => line(from + n));
}

function line(index: number): JobDetail["logs"][number] {
  return { timestamp: AT, level: "info", message: `Zeile ${index}` };
}

function indexes(follower: JobFollower): [number | undefined, number | undefined] {
  const { lines: loaded = [] } = follower.state().job ?? {};
  return [loaded[0]?.index, loaded.at(-1)?.index];
}

/** A stream that is live, says all of this and stays open. */
function stream(...events: string[]): Answer {
  return (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(`event: ready\ndata: {"head":"k.1"}\n\n${events.join("")}`);
  };
}

function log(index: number): string {
  return `event: job_log\ndata: ${JSON.stringify({ jobId: "a", index, entry: line(index) })}\n\n`;
}

function update(fields: Partial<JobDetail>): string {
  const summary = jobSummarySchema.parse(detail(fields));
  return `event: job_update\ndata: ${JSON.stringify({ type: "job_update", ...summary })}\n\n`;
}
