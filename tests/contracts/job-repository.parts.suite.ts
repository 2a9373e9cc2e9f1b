import { expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { ANNA, aDelivery, changeOf, digestOf, instant, lines, query, saved, stored } from "./stored-jobs.ts";

/** What belongs to a job beside its row: lines, result, deliveries. */
export function describeParts(repository: () => JobRepository): void {
  it("numbers the lines of a job from 0 over all its changes and reads any range of them", async () => {
    const job = await withLines(repository(), await stored(repository()), [3, 0, 4]);
    const other = await withLines(repository(), await stored(repository()), [2]);
    expect(await indexes(repository(), job.jobId, 0, 500)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(await indexes(repository(), job.jobId, 2, 3)).toEqual([2, 3, 4]);
    expect(await indexes(repository(), job.jobId, 7, 10)).toEqual([]);
    expect(await indexes(repository(), other.jobId, 0, 500)).toEqual([0, 1]);
    expect(await indexes(repository(), "no-such-job", 0, 500)).toEqual([]);
    const [third] = await repository().logs(job.jobId, { from: 2, limit: 1 });
    expect(third).toEqual({ index: 2, entry: lines(1, 2)[0] });
  });

  it("keeps a line whole: level, phase, progress, nested details, any script", async () => {
    const entry = {
      timestamp: instant(1),
      level: "error" as const,
      phase: "ocr",
      progress: 33.3,
      message: "Größe: 5 µm – 図 📄 '\"\\",
      details: { a: [1, null, { b: "ü" }], $set: "x", "dotted.key": true },
    };
    const { job } = await saved(repository(), await stored(repository()), {}, { logs: [entry] });
    expect(await repository().logs(job.jobId, { from: 0, limit: 1 })).toEqual([{ index: 0, entry }]);
  });

  it("keeps the last 500 lines with their indexes, whether they came one by one or all at once", async () => {
    const steady = await withLines(repository(), await stored(repository()), [300, 199, 1, 1, 1, 150]);
    expect(await indexes(repository(), steady.jobId, 0, 1_000)).toEqual(range(152, 652));
    expect(await indexes(repository(), steady.jobId, 600, 10)).toEqual(range(600, 610));

    const flood = await withLines(repository(), await stored(repository()), [20, 1_200]);
    expect(await indexes(repository(), flood.jobId, 0, 1_000)).toEqual(range(720, 1_220));
    const [first] = await repository().logs(flood.jobId, { from: 0, limit: 1 });
    expect(first?.entry.message).toBe("Zeile 720");
  });

  it("keeps a result apart from the job; a later one replaces it, a change without one does not", async () => {
    const job = await stored(repository());
    expect(await repository().result(job.jobId)).toBeUndefined();
    const result = {
      text: "Erste Fassung: äöü 📄",
      links: [{ name: "pdf", url: "https://example.org/a.pdf" }],
      metadata: { pages: 3, "dotted.key": [null, { $set: 1 }] },
      data: { text_url: "/x" },
    };
    const first = await saved(repository(), job, {}, { result });
    expect(await repository().result(job.jobId)).toEqual(result);
    expect(await repository().find(ANNA, job.jobId)).toEqual(first.job);
    expect((await repository().list(ANNA, query())).jobs).toEqual([first.job]);

    const second = await saved(repository(), first.job);
    expect(await repository().result(job.jobId)).toEqual(result);
    await saved(repository(), second.job, {}, { result: { text: "zweite", links: [] } });
    expect(await repository().result(job.jobId)).toEqual({ text: "zweite", links: [] });
  });

  it("knows an applied delivery by its idempotency key, however old", async () => {
    const job = await stored(repository());
    const delivery = aDelivery({ idempotencyKey: "key-1" });
    await saved(repository(), job, {}, { delivery });
    const key = (idempotencyKey: string) => ({
      digest: digestOf("other"),
      since: instant(999),
      idempotencyKey,
    });
    expect(await repository().hasDelivery(job.jobId, key("key-1"))).toBe(true);
    expect(await repository().hasDelivery(job.jobId, key("key-2"))).toBe(false);
    const other = await stored(repository());
    expect(await repository().hasDelivery(other.jobId, key("key-1"))).toBe(false);
  });

  it("knows an applied delivery by its body since an instant, that instant included", async () => {
    const job = await stored(repository());
    const digest = digestOf("{}");
    await saved(repository(), job, {}, { delivery: aDelivery({ digest, receivedAt: instant(10) }) });
    const since = (second: number) => repository().hasDelivery(job.jobId, { digest, since: instant(second) });
    expect([await since(9), await since(10), await since(11)]).toEqual([true, true, false]);
    const another = { digest: digestOf("{ }"), since: instant(0) };
    expect(await repository().hasDelivery(job.jobId, another)).toBe(false);
  });

  it("does not take a delivery that changed nothing for one that was applied", async () => {
    const job = await stored(repository());
    const ignored = aDelivery({ applied: false, reason: "after_final", idempotencyKey: "key-1" });
    await repository().recordDelivery(job.jobId, ignored);
    const same = { digest: ignored.digest, since: instant(0), idempotencyKey: "key-1" };
    expect(await repository().hasDelivery(job.jobId, same)).toBe(false);
  });

  it("still knows the last 50 deliveries of a job that had many", async () => {
    let job = await stored(repository());
    for (let n = 0; n < 70; n++) {
      const change = changeOf(job, {}, { delivery: aDelivery({ idempotencyKey: `key-${n}` }) });
      await repository().save(change);
      job = change.job;
    }
    for (const n of range(20, 70)) {
      const same = { digest: "", since: instant(999), idempotencyKey: `key-${n}` };
      expect(await repository().hasDelivery(job.jobId, same)).toBe(true);
    }
  });

  it("takes a delivery for a job that is gone without a word", async () => {
    await expect(repository().recordDelivery("no-such-job", aDelivery())).resolves.toBeUndefined();
  });
}

/** Saves one change for each count of lines; the job after the last of them. */
async function withLines(repository: JobRepository, job: Job, counts: number[]): Promise<Job> {
  let current = job;
  for (const count of counts) {
    const logs = lines(count, current.logCount);
    current = (await saved(repository, current, {}, { logs })).job;
  }
  return current;
}

async function indexes(
  repository: JobRepository,
  jobId: string,
  from: number,
  limit: number,
): Promise<number[]> {
  return (await repository.logs(jobId, { from, limit })).map(({ index }) => index);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, n) => from + n);
}
