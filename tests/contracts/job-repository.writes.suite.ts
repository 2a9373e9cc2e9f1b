import { expect, it } from "vitest";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { ANNA, BERT, aDelivery, aTarget, changeOf, lines, query, saved, stored } from "./stored-jobs.ts";

/** Inserting and saving: guarded, idempotent, each whole or not at all. */
export function describeWrites(repository: () => JobRepository): void {
  it("gives a new job back to its owner and to its callbacks", async () => {
    const target = aTarget({ title: "Ärztebrief – Teil 1.pdf", kind: "pdf", processId: "p-1" });
    const answer = await repository().insert(target);
    expect(answer).toEqual({ seq: expect.any(BigInt) });
    expect(await repository().find(ANNA, target.job.jobId)).toEqual(target.job);

    for (const found of [
      await repository().findTarget(target.job.jobId),
      await repository().findTargetByToken(target.tokenHash),
    ]) {
      expect(found?.job).toEqual(target.job);
      expect(found?.tokenExpiresAt).toBe(target.tokenExpiresAt);
      expect(Buffer.from(found?.tokenHash ?? [])).toEqual(Buffer.from(target.tokenHash));
    }
  });

  it("knows nothing of a job or a token it was never given", async () => {
    await stored(repository());
    for (const jobId of ["", "no-such-job", "a\u0000b", "'; DROP TABLE jobs; --", "$ne"]) {
      expect(await repository().find(ANNA, jobId)).toBeUndefined();
      expect(await repository().findTarget(jobId)).toBeUndefined();
    }
    expect(await repository().findTargetByToken(new Uint8Array(32))).toBeUndefined();
    expect(await repository().findTargetByToken(new Uint8Array(0))).toBeUndefined();
  });

  it("inserts once for an idempotency key, also when both come at the same time", async () => {
    const [first, second, third] = [aTarget(), aTarget(), aTarget()];
    const answers = await Promise.all([first, second].map((target) => repository().insert(target, "key-1")));
    expect(answers.filter((answer) => "seq" in answer)).toHaveLength(1);
    const { jobs } = await repository().list(ANNA, query());
    expect(jobs).toHaveLength(1);
    expect(answers).toContainEqual({ existing: jobs[0] });
    expect(await repository().insert(third, "key-1")).toEqual({ existing: jobs[0] });
    expect(await repository().findTarget(third.job.jobId)).toBeUndefined();
  });

  it("gives the existing job in its newest state", async () => {
    const target = aTarget();
    await repository().insert(target, "key-1");
    const { job } = await saved(repository(), target.job, { status: "running" });
    expect(await repository().insert(aTarget(), "key-1")).toEqual({ existing: job });
  });

  it("takes the same idempotency key of two users for two jobs", async () => {
    await repository().insert(aTarget({ userEmail: ANNA }), "key-1");
    expect(await repository().insert(aTarget({ userEmail: BERT }), "key-1")).toHaveProperty("seq");
  });

  it("refuses a second job of the same id and leaves the first and its neighbours alone", async () => {
    const first = await stored(repository(), { title: "the first" });
    const [before, after] = [aTarget(), aTarget()];
    const answers = await Promise.allSettled(
      [before, aTarget({ jobId: first.jobId, title: "the second" }), after].map((target) =>
        repository().insert(target),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await repository().find(ANNA, first.jobId)).toEqual(first);
    expect(await repository().find(ANNA, before.job.jobId)).toEqual(before.job);
    expect(await repository().find(ANNA, after.job.jobId)).toEqual(after.job);
  });

  it("saves the next state of a job and keeps its token", async () => {
    const target = aTarget();
    await repository().insert(target);
    const { job } = await saved(repository(), target.job, {
      status: "running",
      progress: 12.5,
      phase: "ocr",
    });
    expect(await repository().find(ANNA, job.jobId)).toEqual(job);
    expect((await repository().findTargetByToken(target.tokenHash))?.job).toEqual(job);
  });

  it("forgets what the next state no longer has", async () => {
    const job = await stored(repository(), { message: "once", progress: 3 });
    const { message: _, progress: __, ...rest } = job;
    await repository().save({ job: { ...rest, revision: 1 }, expectedRevision: 0, logs: [] });
    expect(await repository().find(ANNA, job.jobId)).toEqual({ ...rest, revision: 1 });
  });

  it("answers a stale revision with conflict and writes nothing of that change", async () => {
    const job = await stored(repository());
    const { job: current } = await saved(repository(), job, { progress: 50 });
    const head = await repository().head(ANNA);
    const stale = changeOf(
      job,
      { progress: 10 },
      {
        logs: lines(1),
        result: { text: "stale", links: [] },
        delivery: aDelivery({ idempotencyKey: "stale" }),
      },
    );
    expect(await repository().save(stale)).toBe("conflict");
    expect(await repository().find(ANNA, job.jobId)).toEqual(current);
    expect(await repository().logs(job.jobId, { from: 0, limit: 500 })).toEqual([]);
    expect(await repository().result(job.jobId)).toBeUndefined();
    expect(await hasKey(repository(), job.jobId, "stale")).toBe(false);
    expect(await repository().changedAfter(ANNA, head.seq, 10)).toEqual([]);
  });

  it("answers a change of a job that is not there, or is another user's, with conflict", async () => {
    const job = await stored(repository());
    expect(await repository().save(changeOf(aTarget().job))).toBe("conflict");
    expect(await repository().save(changeOf({ ...job, userEmail: BERT }))).toBe("conflict");
    expect(await repository().find(ANNA, job.jobId)).toEqual(job);
  });

  it("lets exactly one of several changes from the same revision win", async () => {
    const job = await stored(repository());
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        repository().save(changeOf(job, { message: `writer ${n}` }, { logs: lines(1, n) })),
      ),
    );
    const winners = answers.flatMap((answer, n) => (answer === "conflict" ? [] : [n]));
    expect(winners).toHaveLength(1);
    const [winner] = winners;
    expect((await repository().find(ANNA, job.jobId))?.message).toBe(`writer ${winner}`);
    const logs = await repository().logs(job.jobId, { from: 0, limit: 500 });
    expect(logs.map(({ index, entry }) => [index, entry.message])).toEqual([[0, `Zeile ${winner}`]]);
  });

  it("takes 200 writes at once, a conflict among them harms no other", async () => {
    const jobs = await Promise.all(
      Array.from({ length: 100 }, (_, n) => stored(repository(), { title: `${n}` })),
    );
    const changes = jobs.flatMap((job, n) => [
      changeOf(job, { progress: n }),
      { ...changeOf(job, { message: "stale" }), expectedRevision: 7 },
    ]);
    const answers = await Promise.all(changes.map((change) => repository().save(change)));
    expect(answers.map((answer) => answer === "conflict")).toEqual(changes.map((_, n) => n % 2 === 1));
    const seqs = answers.flatMap((answer) => (answer === "conflict" ? [] : [answer.seq]));
    expect(new Set(seqs).size).toBe(100);
    const found = await Promise.all(jobs.map(({ jobId }) => repository().find(ANNA, jobId)));
    expect(found.map((job) => [job?.revision, job?.progress])).toEqual(jobs.map((_, n) => [1, n]));
  });
}

function hasKey(repository: JobRepository, jobId: string, idempotencyKey: string): Promise<boolean> {
  return repository.hasDelivery(jobId, { digest: "", since: "", idempotencyKey });
}
