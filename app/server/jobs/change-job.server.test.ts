import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANNA, instant, openStorage, said, type Storage } from "../../../tests/support/open-storage.ts";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import { type CallbackRequest, type ChangeJob, createChangeJob } from "./change-job.server.ts";
import { hashToken, isSameHash } from "#app/server/callback/callback-token.server.ts";
import {
  type CallbackTarget,
  type JobRepository,
  RepositoryUnavailableError,
} from "#app/server/repository/job-repository.ts";

let storage: Storage;
let repository: JobRepository;
let changeJob: ChangeJob;
let jobId: string;
beforeEach(async () => {
  storage = await openStorage();
  ({ repository, changeJob } = storage);
  ({ jobId } = await storage.insert());
});
afterEach(() => storage[Symbol.asyncDispose]());

describe("an event that changes its job", () => {
  it("is stored with its lines and its delivery, and then told", async () => {
    const changed = await changeJob(jobId, said({ message: "Seite 1", progress: 5 }), request("a"));
    expect(changed).toMatchObject({ applied: true, job: { revision: 1, progress: 5 } });
    expect(await storage.stored(jobId)).toEqual(changed?.job);
    expect(await repository.logs(ANNA.userEmail, jobId, { from: 0, limit: 10 })).toMatchObject([
      { index: 0, entry: { message: "Seite 1" } },
    ]);
    expect(await repository.deliveries(ANNA.userEmail, jobId, 1)).toMatchObject([
      { applied: true, request: request("a") },
    ]);
    expect(storage.published).toMatchObject([{ job: { revision: 1 }, logs: [{ message: "Seite 1" }] }]);
  });

  it("builds on those that are still being written, each once, told in order", async () => {
    const many = Array.from({ length: 100 }, (_, n) =>
      changeJob(jobId, said({ current: n }), request(`${n}`)),
    );
    const revisions = (await Promise.all(many)).map((changed) => changed?.job.revision);
    expect(revisions).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    expect((await storage.stored(jobId)).revision).toBe(100);
    expect(storage.published.map(({ job }) => job.revision)).toEqual(revisions);
  });

  it("is reduced again when somebody else was quicker", async () => {
    const other = createChangeJob({ repository, bus: createMemoryBus(() => {}) });
    const [one, two] = await Promise.all([
      other(jobId, said({ message: "eins" })),
      changeJob(jobId, said({ message: "zwei" })),
    ]);
    expect([one?.job.revision, two?.job.revision].sort()).toEqual([1, 2]);
    expect(await storage.stored(jobId)).toMatchObject({ revision: 2, logCount: 2 });
  });
});

describe("two instances", () => {
  it("never write over each other, however many changes each has under way", async () => {
    const other = createChangeJob({ repository, bus: createMemoryBus(() => {}) });
    const answers = await Promise.all([
      other(jobId, said({ status: "completed" })),
      changeJob(jobId, said({ message: "eins" })),
      changeJob(jobId, said({ message: "zwei" })),
    ]);
    expect(answers.map((answer) => answer?.applied)).toEqual([true, false, false]);
    expect(await storage.stored(jobId)).toMatchObject({ status: "completed", revision: 1 });
  });
});

describe("an event that changes nothing", () => {
  it("is recorded with the reason and not told", async () => {
    await changeJob(jobId, said({ status: "completed" }));
    const late = await changeJob(jobId, said({ error: "anders" }), request("late"));
    expect(late).toMatchObject({ applied: false, reason: "after_final", job: { revision: 1 } });
    expect(await repository.deliveries(ANNA.userEmail, jobId, 2)).toMatchObject([
      {
        applied: false,
        reason: "after_final",
        request: request("late"),
        event: { report: { outcome: "failed" } },
      },
      { applied: true },
    ]);
    expect(storage.published).toHaveLength(1);
  });

  it("is not answered before what it was decided by is durable", async () => {
    const final = changeJob(jobId, said({ status: "completed" }));
    const late = changeJob(jobId, said({ progress: 5 }));
    expect(await late).toMatchObject({ applied: false, reason: "after_final" });
    expect((await storage.stored(jobId)).status).toBe("completed");
    expect(await final).toMatchObject({ applied: true });
  });
});

describe("the same bytes", () => {
  it("within ten seconds are a duplicate, later they are not", async () => {
    expect(await changeJob(jobId, said({}, 0), request("a"))).toMatchObject({ applied: true });
    expect(await changeJob(jobId, said({}, 10), request("a"))).toMatchObject({ reason: "duplicate" });
    expect(await changeJob(jobId, said({}, 10.001), request("a"))).toMatchObject({ applied: true });
  });

  it("are a duplicate also while the first are still being written", async () => {
    const both = [changeJob(jobId, said({}), request("a")), changeJob(jobId, said({}), request("a"))];
    expect((await Promise.all(both)).map((changed) => changed?.applied)).toEqual([true, false]);
  });

  it("of another job are none", async () => {
    const job = { ...(await storage.stored(jobId)), jobId: "job-2" };
    await repository.insert(job, { hash: hashToken("other"), expiresAt: instant(9_999) });
    await changeJob(jobId, said({}), request("a"));
    expect(await changeJob("job-2", said({}), request("a"))).toMatchObject({ applied: true });
  });
});

describe("the same key", () => {
  it("is a duplicate whatever the bytes and however late", async () => {
    await changeJob(jobId, said({ progress: 1 }), request("a", "key-1"));
    const again = changeJob(jobId, said({ progress: 2 }, 3_000), request("b", "key-1"));
    expect(await again).toMatchObject({ applied: false, reason: "duplicate", job: { progress: 1 } });
  });

  it("is a duplicate also while the first is still being written", async () => {
    const both = ["a", "b"].map((digest) => changeJob(jobId, said({}), request(digest, "key-1")));
    expect((await Promise.all(both)).map((changed) => changed?.applied)).toEqual([true, false]);
  });

  it("is not used up by a callback that changed nothing", async () => {
    await changeJob(jobId, said({ progress: 1, seq: 1 }), request("a"));
    expect(await changeJob(jobId, said({ seq: 1 }), request("b", "key-1"))).toMatchObject({
      applied: false,
    });
    expect(await changeJob(jobId, said({ seq: 2 }), request("c", "key-1"))).toMatchObject({
      applied: true,
    });
  });
});

describe("an event whose sender may not send it any more", () => {
  const token = { hash: hashToken("new"), expiresAt: instant(9_999) };
  const rotation = { rotation: { token, olderUntil: instant(1) } };
  /** Whoever has the token of the registration, at `instant(2)`. */
  const mayChange = ({ tokens }: CallbackTarget) =>
    tokens.some(({ hash, expiresAt }) => isSameHash(hash, hashToken(jobId)) && expiresAt > instant(2));

  it("changes nothing and is not recorded", async () => {
    await changeJob(jobId, { type: "token_rotated", at: instant(1) }, undefined, rotation);
    const recorded = await repository.deliveries(ANNA.userEmail, jobId, 5);
    const late = await changeJob(jobId, said({ progress: 5 }), request("a"), { mayChange });
    expect(late).toMatchObject({ applied: false, reason: "unauthorized" });
    expect(await repository.deliveries(ANNA.userEmail, jobId, 5)).toEqual(recorded);
  });

  it("is not built on new tokens that are being written", async () => {
    const rotating = changeJob(jobId, { type: "token_rotated", at: instant(1) }, undefined, rotation);
    const late = changeJob(jobId, said({ progress: 5 }), request("a"), { mayChange });
    expect(await rotating).toMatchObject({ applied: true });
    expect(await late).toMatchObject({ applied: false, reason: "unauthorized" });
  });
});

it("of a job that is not there, or was removed, is nothing", async () => {
  expect(await changeJob("job-0", said({}))).toBeUndefined();
  await changeJob(jobId, said({ status: "completed" }));
  await repository.remove(await storage.stored(jobId), instant(2));
  expect(await changeJob(jobId, said({}))).toBeUndefined();
});

it("rejects when it cannot be stored, and tells nobody", async () => {
  await repository.close();
  await expect(changeJob(jobId, said({ progress: 5 }))).rejects.toThrow(RepositoryUnavailableError);
  expect(storage.published).toEqual([]);
});

function request(digest: string, idempotencyKey?: string): CallbackRequest {
  return { bytes: 2, digest, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
}
