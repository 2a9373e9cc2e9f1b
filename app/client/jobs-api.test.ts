// Fetched when it is first needed, which may be after a test is over.
import "./decoders.ts";
import { expect, it } from "vitest";
import { NO_JOBS } from "#app/contract/job-status.ts";
import { type Answer, json, startScriptedServer, status } from "../../tests/e2e/support/scripted-server.ts";
import { ApiError, createJobsApi } from "./jobs-api.ts";

const AT = "2026-01-01T00:00:00.000Z";
const JOB = {
  jobId: "a",
  title: "Bericht.pdf",
  status: "running",
  createdAt: AT,
  updatedAt: AT,
  revision: 1,
  stallAfterSeconds: 300,
  cancelRequested: false,
  logs: [],
  logsFrom: 0,
  logCount: 0,
  artifacts: [],
};
const PAGE = { items: [], page: 1, limit: 20, total: 0, counts: NO_JOBS, nextCursor: null, head: "k3x.0" };

it("asks for pages, details and streams at their addresses", async () => {
  await using server = await startScriptedServer([json(PAGE), json(PAGE), status(404)]);
  const api = createJobsApi({ baseUrl: `${server.url}/` });
  expect(await api.list()).toEqual(PAGE);
  await api.list({ status: ["running", "failed"], q: "Bericht & Co", cursor: "k" });
  await api.detail("a/b", 5).catch(() => undefined);
  expect(server.requests.map(({ url }) => url.pathname + url.search)).toEqual([
    "/api/external/jobs",
    "/api/external/jobs?status=running%2Cfailed&q=Bericht+%26+Co&cursor=k",
    "/api/external/jobs/a%2Fb?limit=5",
  ]);
  expect(api.streamUrl()).toBe(`${server.url}/api/external/jobs/stream`);
  expect(api.streamUrl({ job: "a", logFrom: 3 })).toBe(
    `${server.url}/api/external/jobs/stream?job=a&logFrom=3`,
  );
});

it("asks for lines before others and for deliveries, cancels and removes", async () => {
  const detail = json({ ...JOB, deliveries: [] });
  const canceled = json({ status: "running", revision: 2, cancelRequested: true });
  await using server = await startScriptedServer([detail, detail, canceled, status(204)]);
  const api = createJobsApi({ baseUrl: server.url });
  await api.detailBefore("a", 120, 50);
  expect(await api.deliveries("a")).toEqual([]);
  expect(await api.cancel("a")).toMatchObject({ cancelRequested: true });
  await api.remove("a");
  expect(server.requests.map(({ method, url }) => `${method} ${url.pathname}${url.search}`)).toEqual([
    "GET /api/external/jobs/a?limit=50&before=120",
    "GET /api/external/jobs/a?limit=1&deliveries=50",
    "POST /api/external/jobs/a/cancel",
    "DELETE /api/external/jobs/a",
  ]);
});

it("rejects in the server's own words", async () => {
  const answer: Answer = (response) => {
    const body = { error: { code: "not_found", message: "you have no such job" } };
    response.writeHead(404, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  };
  await using server = await startScriptedServer([answer]);
  const rejection = createJobsApi({ baseUrl: server.url }).detail("x");
  await expect(rejection).rejects.toThrow(ApiError);
  await expect(rejection).rejects.toMatchObject({
    status: 404,
    code: "not_found",
    message: "you have no such job",
  });
});

it("rejects with the status alone where a proxy answers in its own way", async () => {
  await using server = await startScriptedServer([
    (response) => void response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad Gateway</h1>"),
  ]);
  const rejection = createJobsApi({ baseUrl: server.url }).list();
  await expect(rejection).rejects.toMatchObject({ status: 502, code: "http_error" });
});

it.each<[string, Answer]>([
  ["a page to sign in", (response) => void response.writeHead(200).end("<form>")],
  ["JSON of another program", json({ jobs: [] })],
])("rejects when a 200 brings %s", async (_, answer) => {
  await using server = await startScriptedServer([answer]);
  const rejection = createJobsApi({ baseUrl: server.url }).list();
  await expect(rejection).rejects.toThrow(ApiError);
  await expect(rejection).rejects.toMatchObject({ status: 200, code: "unexpected_answer" });
});

it("rejects with status 0 and the address when nobody answers", async () => {
  const gone = await startScriptedServer([status(200)]);
  await gone[Symbol.asyncDispose]();
  const rejection = createJobsApi({ baseUrl: gone.url }).list();
  await expect(rejection).rejects.toMatchObject({
    status: 0,
    code: "unreachable",
    message: expect.stringContaining(gone.url),
  });
});
