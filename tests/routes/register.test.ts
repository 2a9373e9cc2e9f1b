import { afterEach, beforeEach, expect, it } from "vitest";
import { detailQuerySchema, registeredSchema } from "#app/contract/http.ts";
import { action } from "#app/routes/api.jobs.ts";
import { decoded, type House, JOBS, openHouse, post, refusal } from "./arrange.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house[Symbol.asyncDispose]());

it("answers 201 with the address and the token to report with", async () => {
  const answer = await action(house.args(post(JOBS, { title: "Bericht.pdf" }), {}));
  const job = await decoded(answer, 201, registeredSchema);
  expect(job).toMatchObject({
    status: "queued",
    callback_url: `${JOBS}/${job.jobId}`,
    callback_token: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(Date.parse(job.expiresAt)).toBeGreaterThan(Date.now());
});

it("builds the address to report to from JOBMON_BASE_URL where it is set", async () => {
  await using other = await openHouse({ JOBMON_BASE_URL: "https://jobs.example.org/base/" });
  const { jobId, callback_url } = await other.register();
  expect(callback_url).toBe(`https://jobs.example.org/base/api/external/jobs/${jobId}`);
});

it("keeps what the application says of the job", async () => {
  const { jobId } = await house.register({
    title: "  Protokoll.pdf ",
    kind: "pdf",
    correlation: "order-7",
    processId: "job-1",
    stallAfterSeconds: 10,
    color: "ignored",
  });
  const detail = await house.services.jobDetail(
    { userEmail: "dev@localhost" },
    jobId,
    detailQuerySchema.parse({}),
  );
  expect(detail).toMatchObject({
    title: "Protokoll.pdf",
    kind: "pdf",
    correlation: "order-7",
    processId: "job-1",
    stallAfterSeconds: 10,
    status: "queued",
  });
  expect(detail).not.toHaveProperty("progress");
});

it("registers once per Idempotency-Key, and says which job it is", async () => {
  const send = () => action(house.args(post(JOBS, { title: "a" }, { "Idempotency-Key": "key-1" }), {}));
  const first = await decoded(await send(), 201, registeredSchema);
  const again = await decoded(await send(), 201, registeredSchema);
  expect(again.jobId).toBe(first.jobId);
  await house.report(first, { progress: 1 });
  await house.report(again, { progress: 2 });
});

it("refuses a key that stood for something else", async () => {
  const send = (title: string) =>
    action(house.args(post(JOBS, { title }, { "Idempotency-Key": "key-1" }), {}));
  await send("a");
  expect(await refusal(await send("b"))).toMatchObject({ status: 422, field: "Idempotency-Key" });
});

it.each([
  [{}, "title"],
  [{ title: "" }, "title"],
  [{ title: 5 }, "title"],
  [{ title: "x".repeat(2_001) }, "title"],
  [{ title: "x", timeoutSeconds: 0 }, "timeoutSeconds"],
  [{ title: "x", stallAfterSeconds: "soon" }, "stallAfterSeconds"],
  [{ title: "x", userEmail: "nobody" }, "userEmail"],
  [[], "body"],
  [null, "body"],
])("answers %j with 422 and names the field %s", async (body, field) => {
  const answer = await action(house.args(post(JOBS, body), {}));
  expect(await refusal(answer)).toMatchObject({
    status: 422,
    code: "invalid_registration",
    field,
    message: expect.stringMatching(`^${field}: .`),
  });
});

it("answers malformed JSON with 400, another type with 415, and too much with 413", async () => {
  expect(await refusal(await action(house.args(post(JOBS, '{"title":'), {})))).toMatchObject({
    status: 400,
    code: "malformed_json",
  });
  const form = post(JOBS, "title=x", { "Content-Type": "application/x-www-form-urlencoded" });
  expect(await refusal(await action(house.args(form, {})))).toMatchObject({ status: 415 });
  const large = post(JOBS, { title: "x", more: "y".repeat(70_000) });
  expect(await refusal(await action(house.args(large, {})))).toMatchObject({ status: 413 });
});

it("registers nothing for somebody else, nor for nobody", async () => {
  const foreign = house.args(post(JOBS, { title: "x", userEmail: "bert@example.org" }), {});
  expect(await refusal(await action(foreign))).toMatchObject({ status: 403 });
  const unknown = house.args(post(JOBS, { title: "x" }), {}, house.as(undefined));
  expect(await refusal(await action(unknown))).toMatchObject({ status: 401 });
});

it("answers 503 with a time to come back when the job cannot be kept", async () => {
  await house.services.close();
  const answer = await action(house.args(post(JOBS, { title: "x" }), {}));
  expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(await refusal(answer)).toMatchObject({ status: 503, code: "repository_unavailable" });
});

it.each(["PUT", "PATCH", "DELETE"])("answers %s with 405 and what is allowed", async (method) => {
  const answer = await action(house.args(new Request(JOBS, { method }), {}));
  expect(answer.headers.get("Allow")).toBe("GET, POST");
  expect(await refusal(answer)).toMatchObject({ status: 405 });
});
