import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANNA, BERT, instant, openStorage, type Storage } from "../../../tests/support/open-storage.ts";
import { hashToken } from "#app/server/callback/callback-token.server.ts";
import { createRegisterJob, type RegisterJob, type Registration } from "./register-job.server.ts";

const baseUrl = "http://127.0.0.1:4500";
const body = { title: "Bericht.pdf" };

let storage: Storage;
let registerJob: RegisterJob;
beforeEach(async () => {
  storage = await openStorage();
  registerJob = createRegisterJob(storage);
});
afterEach(() => storage[Symbol.asyncDispose]());

it("is told to viewers once it is durable, and nobody else learns the token", async () => {
  const { jobId, callback_token, expiresAt } = await registered({ body, baseUrl });
  expect(await storage.stored(jobId)).toMatchObject({ title: "Bericht.pdf", status: "queued", ...ANNA });
  expect(expiresAt).toBe(instant(7 * 24 * 3600));
  expect(callback_token).toMatch(/^[\w-]{43}$/);
  expect(storage.published).toMatchObject([{ job: { jobId } }]);
  expect(
    JSON.stringify(storage.published, (_, value) => (typeof value === "bigint" ? 0 : value)),
  ).not.toContain(callback_token);
});

describe("the same request with the same key", () => {
  it("is the same job with one more token, and both tokens are good", async () => {
    const first = await registered({ body, baseUrl, idempotencyKey: "key-1" });
    const again = await registered({ body, baseUrl, idempotencyKey: "key-1" });
    expect(again.jobId).toBe(first.jobId);
    expect(again.callback_token).not.toBe(first.callback_token);
    for (const { callback_token } of [first, again]) {
      const target = await storage.repository.findTargetByToken(hashToken(callback_token));
      expect(target?.job.jobId).toBe(first.jobId);
    }
    expect(storage.published).toHaveLength(1);
  });

  it("is one job also when all come at once", async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => registered({ body, baseUrl, idempotencyKey: "key-1" })),
    );
    expect(new Set(all.map(({ jobId }) => jobId)).size).toBe(1);
    expect(storage.published).toHaveLength(1);
  });

  it("says how far the job has come meanwhile", async () => {
    const { jobId } = await registered({ body, baseUrl, idempotencyKey: "key-1" });
    await storage.changeJob(jobId, { type: "cancel_requested", at: instant(1) });
    expect(await registered({ body, baseUrl, idempotencyKey: "key-1" })).toMatchObject({
      status: "canceled",
    });
  });

  it("counts a field that is left out as the same as its default", async () => {
    const { jobId } = await registered({ body, baseUrl, idempotencyKey: "key-1" });
    const spelt = { stallAfterSeconds: 300, timeoutSeconds: 3600, title: " Bericht.pdf " };
    expect(await registered({ body: spelt, baseUrl, idempotencyKey: "key-1" })).toMatchObject({ jobId });
  });

  it("of another user is another job", async () => {
    const { jobId } = await registered({ body, baseUrl, idempotencyKey: "key-1" });
    const other = await registerJob(BERT, { body, baseUrl, idempotencyKey: "key-1" });
    expect(other).toMatchObject({ kind: "registered" });
    expect(other.kind === "registered" && other.registered.jobId).not.toBe(jobId);
  });
});

it("a key that was used for something else is refused, and nothing is written", async () => {
  const { jobId } = await registered({ body, baseUrl, idempotencyKey: "key-1" });
  const other = await registerJob(ANNA, { body: { title: "Anders" }, baseUrl, idempotencyKey: "key-1" });
  expect(other).toEqual({ kind: "key_reused", jobId });
  expect(await storage.stored(jobId)).toMatchObject({ title: "Bericht.pdf" });
});

async function registered(
  input: Parameters<RegisterJob>[1],
): Promise<Extract<Registration, { kind: "registered" }>["registered"]> {
  const registration = await registerJob(ANNA, input);
  if (registration.kind !== "registered") throw new Error(JSON.stringify(registration));
  return registration.registered;
}
