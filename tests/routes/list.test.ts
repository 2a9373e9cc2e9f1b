import { afterEach, beforeEach, expect, it } from "vitest";
import { jobPageSchema } from "#app/contract/http.ts";
import { loader } from "#app/routes/api.jobs.ts";
import { decoded, type House, JOBS, openHouse, refusal } from "./arrange.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house[Symbol.asyncDispose]());

it("shows the newest first, with the position of the feed to follow from", async () => {
  const [a, b] = [await house.register({ title: "a" }), await house.register({ title: "b" })];
  await later(() => house.report(a, { progress: 5 }));
  const page = await list();
  expect(page).toMatchObject({ page: 1, limit: 20, total: 2, nextCursor: null });
  expect(page.items).toMatchObject([
    { jobId: a.jobId, status: "running", progress: 5 },
    { jobId: b.jobId, status: "queued" },
  ]);
  expect(page.head).toMatch(/^[0-9a-z]+\.3$/);
});

it("pages by a cursor that stays right while jobs move", async () => {
  const jobs = [];
  for (const title of ["a", "b", "c", "d", "e"]) jobs.push(await later(() => house.register({ title })));
  const first = await list("?limit=2");
  expect(first.items.map(({ title }) => title)).toEqual(["e", "d"]);
  const [oldest] = jobs;
  if (oldest !== undefined) await later(() => house.report(oldest, { progress: 1 }));
  const second = await list(`?limit=2&cursor=${encodeURIComponent(first.nextCursor ?? "")}`);
  expect(second.items.map(({ title }) => title)).toEqual(["c", "b"]);
  expect((await list("?limit=2&page=2")).items.map(({ title }) => title)).toEqual(["d", "c"]);
});

it("finds by status and by text", async () => {
  const done = await house.register({ title: "Übergabe.pdf" });
  await house.register({ title: "Bericht.pdf" });
  await house.report(done, { status: "completed" });
  expect((await list("?status=completed")).items).toMatchObject([{ title: "Übergabe.pdf" }]);
  for (const search of ["?status=completed,failed", "?status=failed&status=completed"]) {
    expect((await list(search)).items).toMatchObject([{ title: "Übergabe.pdf" }]);
  }
  expect((await list("?q=übergabe")).items).toMatchObject([{ title: "Übergabe.pdf" }]);
  expect(await list("?q=nothing")).toMatchObject({ items: [], total: 0 });
});

it("counts by status, whatever status is asked for, and only what the text matches", async () => {
  const done = await house.register({ title: "Übergabe.pdf" });
  await house.register({ title: "Bericht.pdf" });
  await house.report(done, { status: "completed" });
  expect(await list("?status=failed")).toMatchObject({
    total: 0,
    counts: { queued: 1, completed: 1, failed: 0 },
  });
  expect(await list("?q=bericht")).toMatchObject({ total: 1, counts: { queued: 1, completed: 0 } });
});

it("shows nothing that only the worker or the server may know", async () => {
  const job = await house.register();
  await house.report(job, { phase: "error", error: { code: "E1", message: "x", details: { path: "/srv" } } });
  const [item] = (await list()).items;
  expect(item).toMatchObject({ error: { code: "E1", message: "x" } });
  expect(JSON.stringify(item)).not.toMatch(/srv|token|hash|userEmail/i);
});

it("shows another user nothing, not even a number", async () => {
  await house.register();
  const answer = await loader(house.args(new Request(JOBS), {}, house.as("bert@example.org")));
  expect(await decoded(answer, 200, jobPageSchema)).toMatchObject({ items: [], total: 0 });
});

it.each([
  ["?page=0", "page"],
  ["?page=x", "page"],
  ["?limit=51", "limit"],
  ["?limit=0", "limit"],
  ["?status=lost", "status"],
  ["?status=running,lost", "status"],
  ["?status=", "status"],
  ["?q=a&q=b", "q"],
  [`?q=${"x".repeat(201)}`, "q"],
])("answers %s with 400 and names the parameter", async (search, field) => {
  const answer = await loader(house.args(new Request(JOBS + search), {}));
  expect(await refusal(answer)).toMatchObject({ status: 400, code: "invalid_query", field });
});

it.each(["nonsense", "%00", "e30=", "x".repeat(5_000)])("answers the cursor %s with 400", async (cursor) => {
  const answer = await loader(house.args(new Request(`${JOBS}?cursor=${cursor}`), {}));
  expect(await refusal(answer)).toMatchObject({ status: 400, code: "invalid_cursor" });
});

it("answers nobody with 401", async () => {
  const answer = await loader(house.args(new Request(JOBS), {}, house.as(undefined)));
  expect(await refusal(answer)).toMatchObject({ status: 401, code: "unauthorized" });
});

async function list(search = "") {
  return decoded(await loader(house.args(new Request(JOBS + search), {})), 200, jobPageSchema);
}

/** Does it in a later millisecond than what was done before: the list is in the order of the instants. */
async function later<T>(work: () => Promise<T>): Promise<T> {
  const before = Date.now();
  while (Date.now() === before) await new Promise((resolve) => setTimeout(resolve, 1));
  return work();
}
