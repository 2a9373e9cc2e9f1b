import { expect, it } from "vitest";
import { type JobRepository, RepositoryUnavailableError } from "#app/server/repository/job-repository.ts";
import { ANNA, aDelivery, aTarget, changeOf, lines, query, type StoreUnderTest } from "./stored-jobs.ts";

/** Readiness, restart and end of a repository. */
export function describeLife(store: () => StoreUnderTest): void {
  it("is ready when it is open", async () => {
    await expect(store().repository.check()).resolves.toBeUndefined();
  });

  it("has everything it acknowledged after it was opened again", async (context) => {
    const { repository, reopen } = store();
    if (reopen === undefined) return context.skip("this store cannot be reopened");
    const target = aTarget({ title: "überlebt" });
    await repository.insert(target, "key-1");
    const result = { text: "Ergebnis", links: [] };
    const delivery = aDelivery({ idempotencyKey: "callback-1" });
    const change = changeOf(target.job, { status: "completed" }, { logs: lines(3), result, delivery });
    await repository.save(change);
    const head = await repository.head(ANNA);

    const again = await reopen();
    expect(await again.head(ANNA)).toEqual(head);
    expect(await again.list(ANNA, query({ q: "ÜBER" }))).toMatchObject({ jobs: [change.job], total: 1 });
    expect(await again.findTargetByToken(target.tokenHash)).toMatchObject({ job: change.job });
    expect(await again.logs(target.job.jobId, { from: 0, limit: 9 })).toHaveLength(3);
    expect(await again.result(target.job.jobId)).toEqual(result);
    const same = { digest: "", since: delivery.receivedAt, idempotencyKey: "callback-1" };
    expect(await again.hasDelivery(target.job.jobId, same)).toBe(true);
    expect(await again.insert(aTarget(), "key-1")).toEqual({ existing: change.job });

    const { seq } = head;
    expect(await again.save(changeOf(change.job))).toEqual({ seq: expect.any(BigInt) });
    expect(await again.changedAfter(ANNA, seq, 10)).toHaveLength(1);
  });

  it("finishes on close what it was given before", async (context) => {
    const { repository, reopen } = store();
    if (reopen === undefined) return context.skip("this store cannot be reopened");
    const targets = Array.from({ length: 20 }, () => aTarget());
    const writes = targets.map((target) => repository.insert(target));
    await repository.close();
    await Promise.all(writes);
    const again = await reopen();
    expect((await again.list(ANNA, query())).total).toBe(20);
  });

  it("rejects every call after it was closed, and closing twice is no error", async () => {
    const { repository } = store();
    const target = aTarget();
    await repository.insert(target);
    await repository.close();
    await repository.close();
    for (const [name, call] of Object.entries(everyCall(repository, target))) {
      await expect(call(), name).rejects.toBeInstanceOf(RepositoryUnavailableError);
    }
  });
}

function everyCall(
  repository: JobRepository,
  target: ReturnType<typeof aTarget>,
): Record<Exclude<keyof JobRepository, "close">, () => Promise<unknown>> {
  const { jobId } = target.job;
  return {
    insert: () => repository.insert(aTarget()),
    save: () => repository.save(changeOf(target.job)),
    recordDelivery: () => repository.recordDelivery(jobId, aDelivery()),
    findTarget: () => repository.findTarget(jobId),
    findTargetByToken: () => repository.findTargetByToken(target.tokenHash),
    hasDelivery: () => repository.hasDelivery(jobId, { digest: "", since: "" }),
    find: () => repository.find(ANNA, jobId),
    list: () => repository.list(ANNA, query()),
    logs: () => repository.logs(jobId, { from: 0, limit: 1 }),
    result: () => repository.result(jobId),
    countByStatus: () => repository.countByStatus(ANNA),
    head: () => repository.head(ANNA),
    changedAfter: () => repository.changedAfter(ANNA, 0n, 1),
    check: () => repository.check(),
  };
}
