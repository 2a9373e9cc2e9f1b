import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANNA, BERT, instant, openStorage, said, type Storage } from "../../../tests/support/open-storage.ts";
import { createOwnerActions, type OwnerActions } from "./owner-actions.server.ts";

let storage: Storage;
let owner: OwnerActions;
let jobId: string;
beforeEach(async () => {
  storage = await openStorage();
  owner = createOwnerActions({ ...storage, canFetch: () => true });
  ({ jobId } = await storage.insert());
});
afterEach(() => storage[Symbol.asyncDispose]());

describe("a cancel", () => {
  it("ends a job at once that was never reported to, and its viewers are told", async () => {
    expect(await owner.cancelJob(ANNA, jobId)).toMatchObject({ kind: "done", job: { status: "canceled" } });
    expect(storage.published).toMatchObject([{ job: { status: "canceled", endedBy: "owner" } }]);
  });

  it("only asks once a worker has spoken, also one that merely accepted the job", async () => {
    await storage.changeJob(jobId, said({ status: "queued" }));
    expect(await owner.cancelJob(ANNA, jobId)).toMatchObject({
      kind: "done",
      job: { status: "queued", cancelRequested: true },
    });
  });

  it("and a worker's word at the same moment: the job ends as the worker says", async () => {
    await Promise.all([
      storage.changeJob(jobId, said({ status: "completed" })),
      owner.cancelJob(ANNA, jobId),
    ]);
    expect(await storage.stored(jobId)).toMatchObject({ status: "completed", endedBy: "worker" });
  });

  it("of a job that was ended at once yields to a worker that finished all the same", async () => {
    await owner.cancelJob(ANNA, jobId);
    await storage.changeJob(jobId, said({ progress: 5 }));
    expect(await storage.stored(jobId)).toMatchObject({ status: "canceled", revision: 1 });
    await storage.changeJob(jobId, said({ status: "completed" }));
    expect(await storage.stored(jobId)).toMatchObject({ status: "completed", endedBy: "worker" });
  });

  it("is refused while the files of a final are being stored", async () => {
    await storage.changeJob(jobId, said({ data: { x: 1 }, images_archive_data: "UEsDBA==" }));
    expect(await owner.cancelJob(ANNA, jobId)).toMatchObject({
      kind: "refused",
      job: { status: "pending-storage" },
    });
  });
});

describe("a removal", () => {
  it("takes the job, its lines, its deliveries and its files, and leaves word for viewers and workers", async () => {
    await storage.artifacts.put(jobId, "images.zip", new Uint8Array([1]));
    await storage.changeJob(jobId, said({ status: "completed", message: "fertig" }));
    expect(await owner.removeJob(ANNA, jobId)).toMatchObject({ kind: "done" });
    const { repository, artifacts } = storage;
    expect(await repository.find(ANNA.userEmail, jobId)).toBeUndefined();
    expect(await repository.logs(ANNA.userEmail, jobId, { from: 0, limit: 10 })).toEqual([]);
    expect(await repository.deliveries(ANNA.userEmail, jobId, 10)).toEqual([]);
    expect(await artifacts.open(jobId, "images.zip")).toBeUndefined();
    expect(await repository.findTarget(jobId)).toMatchObject({ isRemoved: true });
    expect(storage.published.at(-1)).toMatchObject({ isRemoved: true, job: { jobId } });
    expect(await owner.removeJob(ANNA, jobId)).toEqual({ kind: "not_found" });
  });

  it.each([{}, { status: "queued" }, { data: { x: 1 }, images_archive_data: "UEsDBA==" }])(
    "is refused as long as the job is not final: %j",
    async (body) => {
      await storage.changeJob(jobId, said(body));
      expect(await owner.removeJob(ANNA, jobId)).toMatchObject({ kind: "refused", job: { jobId } });
      expect(await storage.stored(jobId)).toMatchObject({ revision: 1 });
    },
  );

  it("of a job that is just being revived removes it or leaves it running, nothing in between", async () => {
    await storage.changeJob(jobId, { type: "silence_exceeded", at: instant(3_600) });
    const [removed, revived] = await Promise.all([
      owner.removeJob(ANNA, jobId),
      storage.changeJob(jobId, said({ progress: 5 }, 3_601)),
    ]);
    expect([removed.kind, revived?.applied]).toBeOneOf([
      ["done", undefined],
      ["refused", true],
    ]);
  });
});

it("somebody else's job is as unknown as none", async () => {
  expect(await owner.cancelJob(BERT, jobId)).toEqual({ kind: "not_found" });
  expect(await owner.removeJob(BERT, jobId)).toEqual({ kind: "not_found" });
  expect(await owner.cancelJob(ANNA, "no-such-job")).toEqual({ kind: "not_found" });
  expect(storage.published).toEqual([]);
});
