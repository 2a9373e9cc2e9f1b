import { expect, it } from "vitest";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import {
  ANNA,
  BERT,
  aDelivery,
  aJob,
  aToken,
  chainOf,
  changeOf,
  ids,
  lines,
  range,
  saved,
  stored,
} from "./stored-jobs.ts";

/** Saving: guarded by the revision, each change whole or not at all. */
export function describeWrites(repository: () => JobRepository): void {
  it("saves the next state of a job and keeps its token", async () => {
    const [first, token] = [aJob(), aToken()];
    await repository().insert(first, token);
    const fields = { status: "running", progress: 12.5, phase: "ocr" } as const;
    const { job } = await saved(repository(), first, fields);
    expect(await repository().find(ANNA, job.jobId)).toEqual(job);
    expect((await repository().findTargetByToken(token.hash))?.job).toEqual(job);
  });

  it("keeps every field of a job, the names of its files included", async () => {
    const job = await stored(repository(), { kind: "pdf", processId: "p", correlation: "c", follow: true });
    const fields: Parameters<typeof saved>[2] = {
      status: "failed",
      endedBy: "worker",
      error: { code: "ocr", message: "Seite 3 – 図", details: { page: 3, $set: null } },
      lastError: "Seite 3",
      lastSeq: 7,
      result: { name: "result.json", size: 12 },
      archive: { name: "images.zip", size: 3 },
      artifacts: [{ name: "Bild 1.png", type: "image/png", size: 0 }],
    };
    const { job: next } = await saved(repository(), job, fields);
    expect(await repository().find(ANNA, job.jobId)).toEqual(next);
  });

  it("forgets what the next state no longer has", async () => {
    const job = await stored(repository(), { message: "once", progress: 3 });
    const { message: _, progress: __, ...rest } = job;
    const next = { ...rest, revision: 1 };
    await repository().save({
      job: next,
      expectedRevision: 0,
      changeId: "c",
      logs: [],
      delivery: aDelivery(),
    });
    expect(await repository().find(ANNA, job.jobId)).toEqual(next);
  });

  it("answers a stale revision with conflict and writes nothing of that change", async () => {
    const job = await stored(repository());
    const { job: current } = await saved(repository(), job, { progress: 50 });
    const head = await repository().head(ANNA);
    const delivery = aDelivery({ idempotencyKey: "stale" });
    const stale = changeOf(job, { progress: 10 }, { logs: lines(1), delivery });
    expect(await repository().save(stale)).toBe("conflict");
    expect(await repository().find(ANNA, job.jobId)).toEqual(current);
    expect(await repository().logs(ANNA, job.jobId, { from: 0, limit: 500 })).toEqual([]);
    expect(await repository().deliveries(ANNA, job.jobId, 50)).toHaveLength(2);
    const match = { digest: "", since: "", idempotencyKey: "stale" };
    expect(await repository().hasDelivery(job.jobId, match)).toBe(false);
    expect(await repository().changedAfter(ANNA, head.seq, 10)).toEqual([]);
  });

  it("answers a change of a job that is not there, or is another user's, with conflict", async () => {
    const job = await stored(repository());
    expect(await repository().save(changeOf(aJob()))).toBe("conflict");
    expect(await repository().save(changeOf({ ...job, userEmail: BERT }))).toBe("conflict");
    expect(await repository().find(ANNA, job.jobId)).toEqual(job);
  });

  it("lets exactly one of several changes from the same revision win", async () => {
    const job = await stored(repository());
    const answers = await Promise.all(
      range(0, 20).map((n) =>
        repository().save(changeOf(job, { message: `writer ${n}` }, { logs: lines(1, n) })),
      ),
    );
    const winners = answers.flatMap((answer, n) => (answer === "conflict" ? [] : [n]));
    expect(winners).toHaveLength(1);
    const [winner] = winners;
    expect((await repository().find(ANNA, job.jobId))?.message).toBe(`writer ${winner}`);
    const logs = await repository().logs(ANNA, job.jobId, { from: 0, limit: 500 });
    expect(logs.map(({ index, entry }) => [index, entry.message])).toEqual([[0, `Zeile ${winner}`]]);
  });

  it("saves 64 changes that build on each other in the order in which they were asked for", async () => {
    const job = await stored(repository());
    const { seq } = await repository().head(ANNA);
    const changes = chainOf(job, 64, (n) => ({
      logs: lines(1, n),
      delivery: aDelivery({ message: `${n}` }),
    }));
    const answers = await Promise.all(changes.map((change) => repository().save(change)));

    const seqs = answers.flatMap((answer) =>
      answer === "conflict" || answer.seq === undefined ? [] : [answer.seq],
    );
    expect(seqs).toHaveLength(64);
    expect(seqs.every((at, n) => at > (seqs[n - 1] ?? seq))).toBe(true);
    const last = changes.at(-1)?.job;
    expect(await repository().find(ANNA, job.jobId)).toEqual(last);
    expect(await repository().changedAfter(ANNA, seq, 10)).toEqual([{ seq: seqs.at(-1), job: last }]);
    const logs = await repository().logs(ANNA, job.jobId, { from: 0, limit: 500 });
    expect(logs.map(({ index, entry }) => [index, entry.message])).toEqual(
      range(0, 64).map((n) => [n, `Zeile ${n}`]),
    );
    const history = await repository().history(job.jobId);
    expect(history?.deliveries).toEqual(changes.map(({ delivery }) => delivery));
  });

  it("answers everything that builds on a conflict with conflict too, and keeps what came before", async () => {
    const job = await stored(repository());
    const [first, second, broken, ...later] = chainOf(job, 6);
    if (!first || !second || !broken) throw new Error("the chain is too short");
    const stale = { ...broken, expectedRevision: 9 };
    const answers = await Promise.all(
      [first, second, stale, ...later].map((change) => repository().save(change)),
    );
    expect(answers.map((answer) => answer === "conflict")).toEqual([false, false, true, true, true, true]);
    expect(await repository().find(ANNA, job.jobId)).toEqual(second.job);
    expect(await repository().save(broken)).toHaveProperty("seq");
  });

  it("answers a change with conflict where the one it builds on is not the stored one", async () => {
    const job = await stored(repository());
    const mine = changeOf(job, { message: "mine" });
    const built = { ...changeOf(mine.job, { message: "built on mine" }), expectedChangeId: mine.changeId };
    expect(await repository().save(changeOf(job, { message: "quicker" }))).toHaveProperty("seq");
    const answers = [mine, built].map((change) => repository().save(change));
    expect(await Promise.all(answers)).toEqual(["conflict", "conflict"]);
    expect(await repository().find(ANNA, job.jobId)).toMatchObject({ message: "quicker", revision: 1 });
  });

  it("takes 200 writes at once, a conflict among them harms no other", async () => {
    const jobs = await Promise.all(range(0, 100).map((n) => stored(repository(), { title: `${n}` })));
    const changes = jobs.flatMap((job, n) => [
      changeOf(job, { progress: n }),
      { ...changeOf(job, { message: "stale" }), expectedRevision: 7 },
    ]);
    const answers = await Promise.all(changes.map((change) => repository().save(change)));
    expect(answers.map((answer) => answer === "conflict")).toEqual(changes.map((_, n) => n % 2 === 1));
    const seqs = answers.flatMap((answer) =>
      answer === "conflict" || answer.seq === undefined ? [] : [answer.seq],
    );
    expect(new Set(seqs).size).toBe(100);
    const found = await Promise.all(ids(jobs).map((jobId) => repository().find(ANNA, jobId)));
    expect(found.map((job) => [job?.revision, job?.progress])).toEqual(jobs.map((_, n) => [1, n]));
  });
}
