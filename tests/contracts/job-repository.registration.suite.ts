import { expect, it } from "vitest";
import type { CallbackToken, JobRepository } from "#app/server/repository/job-repository.ts";
import {
  ANNA,
  BERT,
  aJob,
  aToken,
  changeOf,
  digestOf,
  ids,
  instant,
  query,
  saved,
  stored,
} from "./stored-jobs.ts";

const REQUEST = { key: "key-1", digest: digestOf("a request") };

/** New jobs: once for a key, found by their tokens. */
export function describeRegistration(repository: () => JobRepository): void {
  it("gives a new job back to its owner and to its callbacks", async () => {
    const [job, token] = [
      aJob({ title: "Ärztebrief – Teil 1.pdf", kind: "pdf", processId: "p-1" }),
      aToken(),
    ];
    expect(await repository().insert(job, token)).toEqual({ seq: expect.any(BigInt) });
    expect(await repository().find(ANNA, job.jobId)).toEqual(job);
    for (const found of [
      await repository().findTarget(job.jobId),
      await repository().findTargetByToken(token.hash),
    ]) {
      expect(found).toEqual({ job, tokens: [expect.anything()] });
      expect(plain(found?.tokens)).toEqual(plain([token]));
    }
  });

  it("knows nothing of a job or a token it was never given", async () => {
    await stored(repository());
    for (const jobId of ["", "no-such-job", "a\u0000b", "'; DROP TABLE jobs; --", "$ne"]) {
      expect(await repository().find(ANNA, jobId)).toBeUndefined();
      expect(await repository().findTarget(jobId)).toBeUndefined();
      expect(await repository().history(jobId)).toBeUndefined();
    }
    expect(await repository().findTargetByToken(new Uint8Array(32))).toBeUndefined();
    expect(await repository().findTargetByToken(new Uint8Array(0))).toBeUndefined();
  });

  it("finds a job by each of its tokens, and gives them all and none of another job", async () => {
    const job = aJob({ jobId: "b" });
    for (const jobId of ["a", "B", "ba", "c"]) await stored(repository(), { jobId });
    const tokens = [aToken(), { ...aToken(), expiresAt: instant(60) }, aToken()] as const;
    await repository().insert(job, tokens[0]);
    await repository().addToken(job.jobId, tokens[1]);
    await repository().addToken(job.jobId, tokens[2]);
    const { job: current } = await saved(repository(), job, { status: "running" });
    for (const { hash } of tokens) {
      const found = await repository().findTargetByToken(hash);
      expect(found?.job).toEqual(current);
      expect(plain(found?.tokens)).toEqual(plain([...tokens]));
    }
    expect(plain((await repository().findTarget(job.jobId))?.tokens)).toEqual(plain([...tokens]));
  });

  it("gives a new token with a change, lets the older ones run out, and makes none good for longer", async () => {
    const job = aJob();
    const [long, short] = [aToken(), { ...aToken(), expiresAt: instant(60) }];
    const fresh = { ...aToken(), signingSecret: "whsec_AAAA" };
    await repository().insert(job, long);
    await repository().addToken(job.jobId, short);
    await repository().findTarget(job.jobId);
    const rotation = { token: fresh, olderUntil: instant(3600) };
    const { job: rotated } = await saved(repository(), job, {}, { rotation });
    const expected = plain([{ ...long, expiresAt: instant(3600) }, short, fresh]);
    for (const found of [
      await repository().findTarget(job.jobId),
      await repository().findTargetByToken(fresh.hash),
      await repository().findTargetByToken(long.hash),
    ]) {
      expect(found?.job).toEqual(rotated);
      expect(plain(found?.tokens)).toEqual(expected);
      expect(found?.tokens.filter(({ signingSecret }) => signingSecret === "whsec_AAAA")).toHaveLength(1);
    }
  });

  it("changes no token with a change that is refused", async () => {
    const [job, token, fresh] = [aJob(), aToken(), aToken()];
    await repository().insert(job, token);
    await saved(repository(), job);
    const stale = changeOf(job, {}, { rotation: { token: fresh, olderUntil: instant(1) } });
    expect(await repository().save(stale)).toBe("conflict");
    expect(plain((await repository().findTarget(job.jobId))?.tokens)).toEqual(plain([token]));
    expect(await repository().findTargetByToken(fresh.hash)).toBeUndefined();
  });

  it("inserts once for an idempotency key, also when both come at the same time", async () => {
    const jobs = [aJob(), aJob()];
    const answers = await Promise.all(jobs.map((job) => repository().insert(job, aToken(), REQUEST)));
    expect(answers.filter((answer) => "seq" in answer)).toHaveLength(1);
    const listed = await repository().list(ANNA, query());
    expect(listed.total).toBe(1);
    expect(answers).toContainEqual({ existing: listed.jobs[0], digest: REQUEST.digest });
  });

  it("writes nothing of a repeated registration: no job, no token, no delivery, no move of the feed", async () => {
    const first = aJob();
    await repository().insert(first, aToken(), REQUEST);
    const { seq } = await repository().head(ANNA);
    const [second, token] = [aJob(), aToken()];
    await repository().insert(second, token, REQUEST);
    expect(await repository().findTarget(second.jobId)).toBeUndefined();
    expect(await repository().findTargetByToken(token.hash)).toBeUndefined();
    expect(await repository().deliveries(ANNA, first.jobId, 50)).toHaveLength(1);
    expect(await repository().changedAfter(ANNA, seq, 10)).toEqual([]);
  });

  it("gives the existing job in its newest state, with the digest of the first request", async () => {
    const first = aJob();
    await repository().insert(first, aToken(), REQUEST);
    const { job } = await saved(repository(), first, { status: "running" });
    const another = { key: REQUEST.key, digest: digestOf("another request") };
    const answer = { existing: job, digest: REQUEST.digest };
    expect(await repository().insert(aJob(), aToken(), another)).toEqual(answer);
    expect(await repository().insert(aJob(), aToken(), another)).toEqual(answer);
  });

  it("takes the same idempotency key of two users, and two keys with the same digest, for two jobs", async () => {
    await repository().insert(aJob({ userEmail: ANNA }), aToken(), REQUEST);
    expect(await repository().insert(aJob({ userEmail: BERT }), aToken(), REQUEST)).toHaveProperty("seq");
    const otherKey = { ...REQUEST, key: "key-2" };
    expect(await repository().insert(aJob({ userEmail: ANNA }), aToken(), otherKey)).toHaveProperty("seq");
  });

  it("refuses a second job of the same id or token and leaves the first and its neighbours alone", async () => {
    const [first, token] = [aJob({ title: "the first" }), aToken()];
    await repository().insert(first, token);
    const [before, sameToken, after] = [aJob(), aJob(), aJob()];
    const answers = await Promise.allSettled([
      repository().insert(before, aToken()),
      repository().insert(aJob({ jobId: first.jobId, title: "the second" }), aToken()),
      repository().insert(sameToken, token),
      repository().insert(after, aToken()),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect((await repository().findTargetByToken(token.hash))?.job).toEqual(first);
    const listed = ids(await repository().list(ANNA, query()));
    expect(listed.toSorted()).toEqual([first, before, after].map(({ jobId }) => jobId).toSorted());
  });
}

/** Stores give bytes back in classes of their own, tokens in any order. */
function plain(tokens: CallbackToken[] = []): string[] {
  return tokens.map(({ hash, expiresAt }) => `${Buffer.from(hash).toString("hex")} ${expiresAt}`).toSorted();
}
