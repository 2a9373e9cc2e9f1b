import { expect, it } from "vitest";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { BERT, ids, instant, range, saved, stored } from "./stored-jobs.ts";

/** What jobmon itself looks for among the jobs of all users. */
export function describeScans(repository: () => JobRepository): void {
  const silentAt = async (second: number, limit = 10) =>
    ids(await repository().findSilent(instant(second), limit));

  it("finds a job that never reported from the end of its timeout on, not a millisecond before", async () => {
    const job = await stored(repository(), { timeoutSeconds: 60, createdAt: instant(100) });
    expect(await silentAt(159.999)).toEqual([]);
    expect(await repository().findSilent(instant(160), 10)).toEqual([job]);
    expect(await silentAt(9_999)).toEqual([job.jobId]);
  });

  it("counts the silence of a job from its last callback", async () => {
    const job = await stored(repository(), { timeoutSeconds: 60 });
    const { job: heard } = await saved(repository(), job, { status: "running", lastCallbackAt: instant(50) });
    expect([await silentAt(60), await silentAt(109.999)]).toEqual([[], []]);
    expect(await silentAt(110)).toEqual([job.jobId]);
    await saved(repository(), heard, { lastCallbackAt: instant(100), timeoutSeconds: 10 });
    expect([await silentAt(109.999), await silentAt(110)]).toEqual([[], [job.jobId]]);
  });

  it("takes only queued and running jobs for silent", async () => {
    for (const status of ["pending-storage", "completed", "failed", "canceled"] as const) {
      await stored(repository(), { status });
    }
    const waiting = [await stored(repository()), await stored(repository(), { status: "running" })];
    expect((await silentAt(9_999)).toSorted()).toEqual(ids(waiting).toSorted());
  });

  it("does not find a job silent that was given up, but again after it was revived", async () => {
    const job = await stored(repository(), { timeoutSeconds: 60 });
    const { job: failed } = await saved(repository(), job, { status: "failed", endedBy: "jobmon" });
    expect(await silentAt(9_999)).toEqual([]);
    await saved(repository(), failed, { status: "running", lastCallbackAt: instant(200) });
    expect([await silentAt(259), await silentAt(260)]).toEqual([[], [job.jobId]]);
  });

  it("does not find a job silent that was removed", async () => {
    const job = await stored(repository(), { status: "running" });
    await repository().remove(job, instant(1));
    expect(await silentAt(9_999)).toEqual([]);
  });

  it("finds silent jobs of every user, the longest overdue first, up to the limit", async () => {
    for (const [jobId, timeoutSeconds, userEmail] of [
      ["b", 30, BERT],
      ["c", 10, BERT],
      ["d", 40, "carla@example.org"],
      ["a", 20, "carla@example.org"],
    ] as const) {
      await stored(repository(), { jobId, timeoutSeconds, userEmail });
    }
    expect(await silentAt(35)).toEqual(["c", "a", "b"]);
    expect(await silentAt(35, 2)).toEqual(["c", "a"]);
  });

  it("finds the jobs the Secretary is to be asked about in a stretch of time, the longest due first", async () => {
    const toAsk = async (after: number, until: number, limit = 10) =>
      ids(await repository().findToAsk({ after: instant(after), until: instant(until) }, limit));
    const processId = "job-0b6a3a52-8f0e-4a4c-9a53-1d3f0a2b7c11";
    const asked = { processId, checkAfterSeconds: 20 };
    const late = await stored(repository(), { ...asked, lastCallbackAt: instant(10), userEmail: BERT });
    const early = await stored(repository(), asked);
    for (const fields of [{ processId: "job-1" }, { processId, status: "completed" as const }]) {
      await stored(repository(), fields);
    }
    expect(await toAsk(0, 19.999)).toEqual([]);
    expect(await toAsk(0, 30)).toEqual([early.jobId, late.jobId]);
    expect(await toAsk(0, 30, 1)).toEqual([early.jobId]);
    expect(await toAsk(20, 30)).toEqual([late.jobId]);
    expect(await repository().findToAsk({ after: "", until: "9999" }, 10)).toEqual([early, late]);
    await saved(repository(), early, { lastCallbackAt: instant(40) });
    await saved(repository(), late, { status: "failed", endedBy: "worker" });
    expect(await toAsk(0, 100)).toEqual([early.jobId]);
  });

  it("finds the jobs whose files are being stored, of every user, oldest first, up to the limit", async () => {
    const status = "pending-storage";
    const late = await stored(repository(), { status, updatedAt: instant(2) });
    const early = await stored(repository(), { status, updatedAt: instant(1), userEmail: BERT });
    await stored(repository(), { status: "completed", updatedAt: instant(0) });
    expect(await repository().findStoring(10)).toEqual([early, late]);
    expect(await repository().findStoring(1)).toEqual([early]);
    const { job: ended } = await saved(repository(), early, { status: "completed" });
    expect(await repository().findStoring(10)).toEqual([late]);
    const part = { name: "raw", kind: "file", path: "/raw", since: instant(0) } as const;
    const fetching = { parts: [{ ...part, state: "waiting" as const }], fetching: { done: 0, total: 1 } };
    const { job: again } = await saved(repository(), ended, fetching);
    expect(await repository().findStoring(10)).toEqual([again, late]);
    await saved(repository(), again, { parts: [{ ...part, state: "stored" }], fetching: undefined });
    expect(await repository().findStoring(10)).toEqual([late]);
  });

  it("finds final jobs that stood still since before an instant, of every user, oldest first, up to the limit", async () => {
    const [failed, canceled, completed] = [
      await stored(repository(), { status: "failed", updatedAt: instant(2) }),
      await stored(repository(), { status: "canceled", updatedAt: instant(1), userEmail: BERT }),
      await stored(repository(), { status: "completed", updatedAt: instant(3) }),
    ];
    expect(await repository().findExpired(instant(3), 10)).toEqual([canceled, failed]);
    expect(await repository().findExpired(instant(3.001), 10)).toEqual([canceled, failed, completed]);
    expect(await repository().findExpired(instant(3.001), 1)).toEqual([canceled]);
  });

  it("takes no job for expired that is not final, was revived or is removed", async () => {
    for (const status of ["queued", "running", "pending-storage"] as const) {
      await stored(repository(), { status });
    }
    const given = await stored(repository(), { status: "failed", endedBy: "jobmon" });
    const removed = await stored(repository(), { status: "completed" });
    expect(ids(await repository().findExpired(instant(1), 10)).toSorted()).toEqual(
      ids([given, removed]).toSorted(),
    );
    await saved(repository(), given, { status: "running" });
    await repository().remove(removed, instant(1));
    expect(await repository().findExpired(instant(9_999), 10)).toEqual([]);
  });

  it("counts the jobs of all users that are not final, and the stalled among the running", async () => {
    const counts = (second: number, cap = 100) => repository().countUnfinished(instant(second), cap);
    const none = { queued: 0, running: 0, "pending-storage": 0, stalled: 0 };
    expect(await counts(0)).toEqual(none);
    for (const status of ["queued", "pending-storage", "completed", "failed", "canceled"] as const) {
      await stored(repository(), { status, stallAfterSeconds: 10 });
    }
    const running = { status: "running", stallAfterSeconds: 10 } as const;
    await stored(repository(), { ...running, userEmail: BERT });
    const heard = await stored(repository(), { ...running, lastCallbackAt: instant(5.001) });
    const all = { queued: 1, running: 2, "pending-storage": 1 };
    expect(await counts(9.999)).toEqual({ ...all, stalled: 0 });
    expect(await counts(10)).toEqual({ ...all, stalled: 1 });
    expect(await counts(15)).toEqual({ ...all, stalled: 1 });
    expect(await counts(15.001)).toEqual({ ...all, stalled: 2 });
    const few = await counts(20, 1);
    expect(few.queued + few.running).toBe(1);
    expect(few["pending-storage"]).toBeLessThanOrEqual(1);
    await saved(repository(), heard, { status: "completed" });
    expect(await counts(20)).toEqual({ ...all, running: 1, stalled: 1 });
  });

  it("goes through the ids of all jobs in pages, each once and in order", async () => {
    const jobs = await Promise.all(
      range(0, 7).map((n) => stored(repository(), n % 2 === 0 ? {} : { userEmail: BERT })),
    );
    const sorted = ids(jobs).toSorted();
    expect(await repository().jobIds("", 10)).toEqual(sorted);
    const first = await repository().jobIds("", 3);
    const second = await repository().jobIds(first.at(-1) ?? "", 3);
    const third = await repository().jobIds(second.at(-1) ?? "", 3);
    expect([first, second, third]).toEqual([sorted.slice(0, 3), sorted.slice(3, 6), sorted.slice(6)]);
    expect(await repository().jobIds(third.at(-1) ?? "", 3)).toEqual([]);
  });
}
