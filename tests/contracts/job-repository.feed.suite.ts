import { expect, it } from "vitest";
import { formatCursor, parseCursor } from "#app/contract/cursor.ts";
import type { FeedEntry, JobRepository } from "#app/server/repository/job-repository.ts";
import { ANNA, BERT, aDelivery, changeOf, ids, range, saved, stored } from "./stored-jobs.ts";

/** The feed: grows with the writes (gaps allowed), newest state of each job, one per user. */
export function describeFeed(repository: () => JobRepository): void {
  it("has a lasting position for a feed that never moved, another epoch for each user", async () => {
    const [head, again] = await Promise.all([repository().head(ANNA), repository().head(ANNA)]);
    expect(again).toEqual(head);
    expect(head).toMatchObject(parseCursor(formatCursor(head)) ?? {});
    expect((await repository().head(BERT)).epoch).not.toBe(head.epoch);
    const job = await stored(repository());
    expect((await repository().head(ANNA)).epoch).toBe(head.epoch);
    expect(ids(await repository().changedAfter(ANNA, head.seq, 10))).toEqual([job.jobId]);
  });

  it("gives every write a higher place, and the head is never behind one", async () => {
    const seqs: bigint[] = [];
    let job = await stored(repository());
    for (let n = 0; n < 5; n++) {
      const written = await saved(repository(), job, { progress: n });
      job = written.job;
      seqs.push(written.seq);
      expect((await repository().head(ANNA)).seq >= written.seq).toBe(true);
    }
    expect(seqs).toEqual(ascending(seqs));
    expect(new Set(seqs).size).toBe(5);
  });

  it("gives after a position the jobs that changed since, in the order of their last change", async () => {
    const [a, b, c] = [await stored(repository()), await stored(repository()), await stored(repository())];
    const { seq } = await repository().head(ANNA);
    const c1 = await saved(repository(), c, { progress: 1 });
    const a1 = await saved(repository(), a, { progress: 1 });
    const c2 = await saved(repository(), c1.job, { progress: 2 });

    const changed = await repository().changedAfter(ANNA, seq, 10);
    expect(changed).toEqual([a1, c2]);
    expect(ids(await repository().changedAfter(ANNA, 0n, 10))).toEqual([b.jobId, a.jobId, c.jobId]);
    expect(ids(await repository().changedAfter(ANNA, a1.seq, 10))).toEqual([c.jobId]);
    expect(await repository().changedAfter(ANNA, c2.seq, 10)).toEqual([]);
  });

  it("gives its head along with what changed, also where it begins with that", async () => {
    expect(await repository().headWithChanges(BERT, 0n, 10)).toEqual({
      head: await repository().head(BERT),
      entries: [],
    });
    const [a] = [await stored(repository()), await stored(repository())];
    const { seq } = await repository().head(ANNA);
    const a1 = await saved(repository(), a, { progress: 1 });
    expect(await repository().headWithChanges(ANNA, seq, 10)).toEqual({
      head: await repository().head(ANNA),
      entries: [a1],
    });
    expect((await repository().headWithChanges(ANNA, 0n, 1)).entries).toHaveLength(1);
  });

  it("can be read to its end in pages, each job once", async () => {
    const jobs = await Promise.all(range(0, 25).map((n) => stored(repository(), { title: `${n}` })));
    await Promise.all(jobs.slice(0, 10).map((job) => repository().save(changeOf(job))));
    const read: FeedEntry[] = [];
    let page: FeedEntry[];
    do {
      page = await repository().changedAfter(ANNA, read.at(-1)?.seq ?? 0n, 10);
      expect(page.length).toBeLessThanOrEqual(10);
      read.push(...page);
    } while (page.length > 0);
    expect(read.map(({ seq }) => seq)).toEqual(ascending(read.map(({ seq }) => seq)));
    expect(new Set(read.map(({ seq }) => seq)).size).toBe(25);
    expect(ids(read).toSorted()).toEqual(ids(jobs).toSorted());
    expect(read.filter((entry) => "job" in entry && entry.job.revision === 1)).toHaveLength(10);
  });

  it("gives nothing after a position that no feed has reached, however far", async () => {
    await stored(repository());
    for (const seq of [2n ** 63n - 1n, 2n ** 63n, 9_999_999_999_999_999_999n]) {
      expect(await repository().changedAfter(ANNA, seq, 10)).toEqual([]);
    }
  });

  it("is not moved by a conflict, a known idempotency key or a recorded delivery", async () => {
    const job = await stored(repository());
    const { seq } = await repository().head(ANNA);
    await repository().save({ ...changeOf(job), expectedRevision: 9 });
    await repository().recordDelivery(job.jobId, aDelivery({ reason: "duplicate" }));
    expect(await repository().changedAfter(ANNA, seq, 10)).toEqual([]);
  });
}

function ascending(seqs: bigint[]): bigint[] {
  return seqs.toSorted((a, b) => (a < b ? -1 : 1));
}
