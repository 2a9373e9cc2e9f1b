import { expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import {
  type CallbackToken,
  type JobRepository,
  RepositoryUnavailableError,
} from "#app/server/repository/job-repository.ts";
import {
  ANNA,
  aDelivery,
  aJob,
  aToken,
  changeOf,
  ids,
  instant,
  lines,
  query,
  range,
  saved,
  type StoreUnderTest,
  stored,
} from "./stored-jobs.ts";

/** Readiness, restart and end of a repository. */
export function describeLife(store: () => StoreUnderTest): void {
  it("is ready when it is open", async () => {
    await expect(store().repository.check()).resolves.toBeUndefined();
  });

  it("has everything it acknowledged after it was opened again", async (context) => {
    const { repository, reopen } = store();
    if (reopen === undefined) return context.skip("this store cannot be reopened");
    const [first, token, later] = [aJob({ title: "überlebt" }), aToken(), aToken()];
    const request = { key: "key-1", digest: "digest-1" };
    await repository.insert(first, token, request);
    await repository.addToken(first.jobId, later);
    const delivery = aDelivery({ idempotencyKey: "callback-1" });
    const { job } = await saved(repository, first, { status: "running" }, { logs: lines(3), delivery });
    const head = await repository.head(ANNA);

    const again = await reopen();
    expect(await again.head(ANNA)).toEqual(head);
    expect(await again.list(ANNA, query({ q: "ÜBER" }))).toMatchObject({ jobs: [job], total: 1 });
    for (const { hash } of [token, later]) {
      expect(await again.findTargetByToken(hash)).toMatchObject({ job });
    }
    expect(await again.logs(ANNA, job.jobId, { from: 0, limit: 9 })).toHaveLength(3);
    expect(await again.history(job.jobId)).toEqual({ base: first, deliveries: [delivery], isWhole: true });
    const match = { digest: "", since: instant(1), idempotencyKey: "callback-1" };
    expect(await again.hasDelivery(job.jobId, match)).toBe(true);
    expect(await again.insert(aJob(), aToken(), request)).toEqual({ existing: job, digest: "digest-1" });
    expect(ids(await again.findSilent(instant(9_999), 10))).toEqual([job.jobId]);

    expect(await again.save(changeOf(job))).toEqual({ seq: expect.any(BigInt) });
    expect(await again.changedAfter(ANNA, head.seq, 10)).toHaveLength(1);
  });

  it("still knows after it was opened again what was removed", async (context) => {
    const { repository, reopen } = store();
    if (reopen === undefined) return context.skip("this store cannot be reopened");
    const job = await stored(repository, { status: "completed" });
    const { seq } = await repository.head(ANNA);
    const removed = await repository.remove(job, instant(1));
    const again = await reopen();
    expect(await again.find(ANNA, job.jobId)).toBeUndefined();
    expect(await again.findTarget(job.jobId)).toMatchObject({ job, isRemoved: true });
    const tombstone = { ...(removed === "conflict" ? {} : removed), removedJobId: job.jobId };
    expect(await again.changedAfter(ANNA, seq, 10)).toEqual([tombstone]);
  });

  it("finishes on close what it was given before", async (context) => {
    const { repository, reopen } = store();
    if (reopen === undefined) return context.skip("this store cannot be reopened");
    const writes = range(0, 20).map(() => repository.insert(aJob(), aToken()));
    await repository.close();
    await Promise.all(writes);
    const again = await reopen();
    expect((await again.list(ANNA, query())).total).toBe(20);
  });

  it("rejects every call after it was closed, and closing twice is no error", async () => {
    const { repository } = store();
    const [job, token] = [aJob(), aToken()];
    await repository.insert(job, token);
    await repository.close();
    await repository.close();
    for (const [name, call] of Object.entries(everyCall(repository, job, token))) {
      await expect(call(), name).rejects.toBeInstanceOf(RepositoryUnavailableError);
    }
  });
}

function everyCall(
  repository: JobRepository,
  job: Job,
  token: CallbackToken,
): Record<Exclude<keyof JobRepository, "close" | "lateBy">, () => Promise<unknown>> {
  const { jobId } = job;
  return {
    insert: () => repository.insert(aJob(), aToken()),
    addToken: () => repository.addToken(jobId, aToken()),
    save: () => repository.save(changeOf(job)),
    recordDelivery: () => repository.recordDelivery(jobId, aDelivery()),
    remove: () => repository.remove(job, instant(1)),
    sweepTombstones: () => repository.sweepTombstones(instant(0), 1),
    findTarget: () => repository.findTarget(jobId),
    findTargetByToken: () => repository.findTargetByToken(token.hash),
    hasDelivery: () => repository.hasDelivery(jobId, { digest: "", since: "" }),
    deliveries: () => repository.deliveries(ANNA, jobId, 1),
    history: () => repository.history(jobId),
    findSilent: () => repository.findSilent(instant(0), 1),
    findToAsk: () => repository.findToAsk({ after: "", until: instant(0) }, 1),
    findStoring: () => repository.findStoring(1),
    findExpired: () => repository.findExpired(instant(0), 1),
    countUnfinished: () => repository.countUnfinished(instant(0), 1),
    jobIds: () => repository.jobIds("", 1),
    runTimes: () => repository.runTimes(ANNA, "pdf", 50),
    find: () => repository.find(ANNA, jobId),
    list: () => repository.list(ANNA, query()),
    logs: () => repository.logs(ANNA, jobId, { from: 0, limit: 1 }),
    head: () => repository.head(ANNA),
    changedAfter: () => repository.changedAfter(ANNA, 0n, 1),
    headWithChanges: () => repository.headWithChanges(ANNA, 0n, 1),
    check: () => repository.check(),
  };
}
