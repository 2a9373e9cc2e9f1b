import { expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import {
  ANNA,
  BERT,
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
  stored,
} from "./stored-jobs.ts";

/** The end of a job: gone for its owner, a tombstone for viewers and late callbacks. */
export function describeRemoval(repository: () => JobRepository): void {
  it("removes a job with all that belongs to it, and its neighbour stays", async () => {
    const [job, neighbour] = [await finished(repository()), await finished(repository())];
    expect(await repository().remove(job, instant(60))).toEqual({ seq: expect.any(BigInt) });

    expect(await repository().find(ANNA, job.jobId)).toBeUndefined();
    expect(await repository().list(ANNA, query())).toMatchObject({ jobs: [neighbour], total: 1 });
    expect(await repository().jobIds("", 10)).toEqual([neighbour.jobId]);
    expect(await parts(repository(), job)).toEqual({
      logs: 0,
      deliveries: 0,
      hasKey: false,
      isReplayed: false,
    });
    expect(await parts(repository(), neighbour)).toEqual({
      logs: 3,
      deliveries: 2,
      hasKey: true,
      isReplayed: true,
    });
  });

  it("still finds a removed job by its id and by each of its tokens, and says so", async () => {
    const [job, tokens] = [aJob(), [aToken(), aToken()] as const];
    await repository().insert(job, tokens[0]);
    await repository().addToken(job.jobId, tokens[1]);
    const { job: last } = await saved(repository(), job, { status: "completed" });
    await repository().remove(last, instant(60));
    for (const found of [
      await repository().findTarget(job.jobId),
      await repository().findTargetByToken(tokens[0].hash),
      await repository().findTargetByToken(tokens[1].hash),
    ]) {
      expect(found).toEqual({ job: last, tokens: [expect.anything(), expect.anything()], isRemoved: true });
    }
  });

  it("puts the removal in the feed in the place of the job", async () => {
    const [a, b] = [await finished(repository()), await finished(repository())];
    const { seq } = await repository().head(ANNA);
    const removed = await repository().remove(a, instant(60));
    if (removed === "conflict") throw new Error("conflict");
    const b1 = await saved(repository(), b);

    expect(removed.seq > seq && b1.seq > removed.seq).toBe(true);
    expect((await repository().head(ANNA)).seq >= b1.seq).toBe(true);
    const tombstone = { seq: removed.seq, removedJobId: a.jobId };
    expect(await repository().changedAfter(ANNA, 0n, 10)).toEqual([tombstone, { seq: b1.seq, job: b1.job }]);
    expect(await repository().changedAfter(ANNA, removed.seq, 10)).toEqual([{ seq: b1.seq, job: b1.job }]);
    expect(await repository().changedAfter(BERT, 0n, 10)).toEqual([]);
  });

  it("leaves the feed of another user as it is", async () => {
    const [job, berts] = [await finished(repository()), await stored(repository(), { userEmail: BERT })];
    const [head, changed] = [await repository().head(BERT), await repository().changedAfter(BERT, 0n, 10)];
    await repository().remove(job, instant(60));
    expect(await repository().head(BERT)).toEqual(head);
    expect(await repository().changedAfter(BERT, 0n, 10)).toEqual(changed);
    expect(ids(changed)).toEqual([berts.jobId]);
  });

  it("merges jobs and tombstones in the order of the feed, also over pages", async () => {
    const jobs = await Promise.all(range(0, 12).map(() => stored(repository(), { status: "failed" })));
    for (const [n, job] of jobs.entries()) {
      await (n % 2 === 0 ? repository().remove(job, instant(n)) : saved(repository(), job));
    }
    const whole = await repository().changedAfter(ANNA, 0n, 50);
    expect(ids(whole)).toEqual(ids(jobs));
    expect(whole.map((entry) => "removedJobId" in entry)).toEqual(jobs.map((_, n) => n % 2 === 0));
    const paged: typeof whole = [];
    for (let page = 0; page < 4; page++) {
      paged.push(...(await repository().changedAfter(ANNA, paged.at(-1)?.seq ?? 0n, 3)));
    }
    expect(paged).toEqual(whole);
  });

  it("answers a stale, unknown, foreign or repeated removal with conflict and removes nothing", async () => {
    const job = await finished(repository());
    const { job: current } = await saved(repository(), job);
    const head = await repository().head(ANNA);
    expect(await repository().remove(job, instant(60))).toBe("conflict");
    expect(await repository().remove({ ...current, userEmail: BERT }, instant(60))).toBe("conflict");
    expect(await repository().remove(aJob(), instant(60))).toBe("conflict");
    expect(await repository().find(ANNA, job.jobId)).toEqual(current);
    expect(await repository().head(ANNA)).toEqual(head);

    expect(await repository().remove(current, instant(60))).toHaveProperty("seq");
    expect(await repository().remove(current, instant(61))).toBe("conflict");
    expect(await repository().changedAfter(ANNA, head.seq, 10)).toHaveLength(1);
  });

  it("lets one of a removal and a change from the same revision win", async () => {
    const [a, b] = [await finished(repository()), await finished(repository())];
    const answers = await Promise.all([
      repository().remove(a, instant(60)),
      repository().save(changeOf(a)),
      repository().save(changeOf(b)),
      repository().remove(b, instant(60)),
    ]);
    expect(answers.map((answer) => answer === "conflict")).toEqual([false, true, false, true]);
    expect(ids(await repository().list(ANNA, query()))).toEqual([b.jobId]);
  });

  it("does not bring a removed job back by what comes late", async () => {
    const job = await finished(repository());
    await repository().remove(job, instant(60));
    expect(await repository().save(changeOf(job))).toBe("conflict");
    await repository().recordDelivery(job.jobId, aDelivery({ reason: "after_final" }));
    const late = aToken();
    await repository().addToken(job.jobId, late);
    expect((await repository().findTargetByToken(late.hash))?.isRemoved).toBe(true);
    expect(await repository().deliveries(ANNA, job.jobId, 50)).toEqual([]);
    expect(await repository().history(job.jobId)).toBeUndefined();
  });

  it("forgets on a sweep what was removed before an instant, and its feed remembers how far", async () => {
    const jobs = [await finished(repository()), await finished(repository()), await finished(repository())];
    const bert = await stored(repository(), { userEmail: BERT, status: "failed" });
    const seqs: bigint[] = [];
    for (const [n, job] of [...jobs, bert].entries()) {
      const removed = await repository().remove(job, instant(n));
      if (removed !== "conflict") seqs.push(removed.seq);
    }
    expect((await repository().head(ANNA)).sweptSeq).toBe(0n);
    expect(await repository().sweepTombstones(instant(2), 10)).toBe(2);
    expect(await repository().sweepTombstones(instant(2), 10)).toBe(0);
    const { seq, sweptSeq } = await repository().head(ANNA);
    expect([seq, sweptSeq]).toEqual([seqs[2], seqs[1]]);
    expect((await repository().head(BERT)).sweptSeq).toBe(0n);
    expect(ids(await repository().changedAfter(ANNA, 0n, 10))).toEqual([jobs[2]?.jobId]);
    expect(await repository().findTarget(jobs[0]?.jobId ?? "")).toBeUndefined();
    expect(await repository().findTarget(jobs[2]?.jobId ?? "")).toMatchObject({ isRemoved: true });
  });

  it("sweeps the oldest first, no more than asked for, with their tokens", async () => {
    const token = aToken();
    const [old, young] = [aJob({ status: "failed" }), await finished(repository())];
    await repository().insert(old, token);
    await repository().remove(young, instant(2));
    await repository().remove(old, instant(1));
    expect(await repository().sweepTombstones(instant(9), 1)).toBe(1);
    expect(await repository().findTargetByToken(token.hash)).toBeUndefined();
    expect(ids(await repository().changedAfter(ANNA, 0n, 10))).toEqual([young.jobId]);
  });

  it("frees the idempotency key of a removed job", async () => {
    const [job, request] = [aJob({ status: "failed" }), { key: "key-1", digest: "" }];
    await repository().insert(job, aToken(), request);
    await repository().remove(job, instant(60));
    expect(await repository().insert(aJob(), aToken(), request)).toHaveProperty("seq");
  });
}

async function finished(repository: JobRepository): Promise<Job> {
  const brought = { logs: lines(3), delivery: aDelivery({ idempotencyKey: "key-1" }) };
  return (await saved(repository, await stored(repository), { status: "completed" }, brought)).job;
}

async function parts(repository: JobRepository, { jobId }: Job) {
  return {
    logs: (await repository.logs(ANNA, jobId, { from: 0, limit: 500 })).length,
    deliveries: (await repository.deliveries(ANNA, jobId, 50)).length,
    hasKey: await repository.hasDelivery(jobId, { digest: "", since: "", idempotencyKey: "key-1" }),
    isReplayed: (await repository.history(jobId)) !== undefined,
  };
}
