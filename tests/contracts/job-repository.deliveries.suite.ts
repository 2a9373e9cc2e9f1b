import { expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import type { Delivery } from "#app/contract/job-event.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import {
  aDelivery,
  aJob,
  ANNA,
  aToken,
  BERT,
  chainOf,
  digestOf,
  instant,
  range,
  saved,
  stored,
} from "./stored-jobs.ts";

/** What reached a job: known again, shown to its owner, replayed by the audit. */
export function describeDeliveries(repository: () => JobRepository): void {
  const knows = (jobId: string, idempotencyKey: string) =>
    repository().hasDelivery(jobId, { digest: digestOf("other"), since: instant(9_999), idempotencyKey });

  it("knows an applied delivery by its idempotency key, however old", async () => {
    const [job, other] = [await stored(repository()), await stored(repository())];
    await saved(repository(), job, {}, { delivery: aDelivery({ idempotencyKey: "key-1" }) });
    expect(await knows(job.jobId, "key-1")).toBe(true);
    expect(await knows(job.jobId, "key-2")).toBe(false);
    expect(await knows(other.jobId, "key-1")).toBe(false);
  });

  it("shows the deliveries of a job to its owner alone", async () => {
    const job = await stored(repository());
    await saved(repository(), job);
    expect(await repository().deliveries(ANNA, job.jobId, 50)).toHaveLength(2);
    expect(await repository().deliveries(BERT, job.jobId, 50)).toEqual([]);
  });

  it("knows an applied delivery by its body since an instant, that instant included", async () => {
    const job = await stored(repository());
    const digest = digestOf("{}");
    await saved(repository(), job, {}, { delivery: aDelivery({ digest, at: instant(10) }) });
    const since = (second: number) => repository().hasDelivery(job.jobId, { digest, since: instant(second) });
    expect([await since(9), await since(10), await since(10.001)]).toEqual([true, true, false]);
    const another = { digest: digestOf("{ }"), since: instant(0) };
    expect(await repository().hasDelivery(job.jobId, another)).toBe(false);
  });

  it("does not take a delivery that changed nothing for one that was applied", async () => {
    const job = await stored(repository());
    const digest = digestOf("{}");
    const ignored = aDelivery({ reason: "after_final", digest, idempotencyKey: "key-1" });
    await repository().recordDelivery(job.jobId, ignored);
    const match = { digest, since: instant(0), idempotencyKey: "key-1" };
    expect(await repository().hasDelivery(job.jobId, match)).toBe(false);
  });

  it("still knows an applied delivery after any number of its duplicates", async () => {
    const job = await stored(repository());
    const [digest, idempotencyKey] = [digestOf("{}"), "key-1"];
    await saved(repository(), job, {}, { delivery: aDelivery({ digest, idempotencyKey }) });
    const duplicate = aDelivery({ digest, idempotencyKey, reason: "duplicate", at: instant(5) });
    await Promise.all(range(0, 1_200).map(() => repository().recordDelivery(job.jobId, duplicate)));
    expect(await knows(job.jobId, idempotencyKey)).toBe(true);
    expect(await repository().hasDelivery(job.jobId, { digest, since: instant(0) })).toBe(true);
  });

  it("still knows the last 1,000 applied deliveries of a job that had more", async () => {
    const job = await stored(repository());
    const changes = chainOf(job, 1_200, (n) => ({ delivery: aDelivery({ idempotencyKey: `key-${n}` }) }));
    await Promise.all(changes.map((change) => repository().save(change)));
    for (const n of [200, 201, 700, 1_199]) expect(await knows(job.jobId, `key-${n}`)).toBe(true);
  });

  it("knows a body again behind any number of others within the minute", async () => {
    const job = await stored(repository());
    const changes = chainOf(job, 200, (n) => ({
      delivery: aDelivery({ digest: digestOf(`${n}`), at: instant(n / 10) }),
    }));
    await Promise.all(changes.map((change) => repository().save(change)));
    const knowsBody = (n: number) =>
      repository().hasDelivery(job.jobId, { digest: digestOf(`${n}`), since: instant(n / 10) });
    const known = await Promise.all(range(0, 200).map(knowsBody));
    expect(known.flatMap((isKnown, n) => (isKnown ? [] : [n]))).toEqual([]);
    expect(await knowsBody(200)).toBe(false);
  });

  it("knows a change that no request brought by nothing", async () => {
    const job = await stored(repository());
    const delivery: Delivery = { event: { type: "cancel_requested", at: instant(1) }, applied: true };
    await saved(repository(), job, { cancelRequested: true }, { delivery });
    expect(await repository().hasDelivery(job.jobId, { digest: "", since: "" })).toBe(false);
    expect((await repository().deliveries(ANNA, job.jobId, 1))[0]).toEqual(delivery);
  });

  it("begins the deliveries of a job with its registration", async () => {
    const job = await stored(repository(), { title: "Ärztebrief", createdAt: instant(3), kind: "pdf" });
    const registered = { event: { type: "job_registered", at: instant(3), job }, applied: true };
    expect(await repository().deliveries(ANNA, job.jobId, 50)).toEqual([registered]);
    expect(await repository().history(job.jobId)).toEqual({ base: job, deliveries: [], isWhole: true });
  });

  it("gives the last deliveries whole, newest first, those that changed nothing included", async () => {
    const job = await stored(repository());
    const refused = aDelivery({ reason: "duplicate", message: "zwei 図 $set" });
    const applied = aDelivery({ message: "eins", idempotencyKey: "key-1" });
    await saved(repository(), job, {}, { delivery: applied });
    await repository().recordDelivery(job.jobId, refused);
    expect(await repository().deliveries(ANNA, job.jobId, 2)).toEqual([refused, applied]);
    expect(await repository().deliveries(ANNA, job.jobId, 50)).toHaveLength(3);
    expect(await repository().deliveries(ANNA, "no-such-job", 50)).toEqual([]);
  });

  it("gives 50 deliveries at most", async () => {
    const job = await stored(repository());
    const changes = chainOf(job, 70, (n) => ({ delivery: aDelivery({ message: `${n}` }) }));
    await Promise.all(changes.map((change) => repository().save(change)));
    const newest = changes.map(({ delivery }) => delivery).toReversed();
    expect(await repository().deliveries(ANNA, job.jobId, 70)).toEqual(newest.slice(0, 50));
    expect(await repository().deliveries(ANNA, job.jobId, 7)).toEqual(newest.slice(0, 7));
  });

  it.each([0, 1, 49, 50, 51, 99, 100, 101, 120, 260])(
    "replays a job with %i deliveries to its stored state, from its registration or a later one",
    async (count) => {
      const { job, reached, states } = await lived(repository(), count);
      const history = await repository().history(job.jobId);
      if (history === undefined) throw new Error("no history");
      const { base, deliveries, isWhole } = history;
      const dropped = count - deliveries.length;
      expect(deliveries).toEqual(reached.slice(dropped));
      expect(base).toEqual(states[dropped]);
      expect(isWhole).toBe(dropped === 0);
      expect(deliveries.length).toBeGreaterThanOrEqual(Math.min(count, 50));
      expect(deliveries.length).toBeLessThan(100);
      expect(deliveries.reduce(replay, base)).toEqual(job);
    },
  );

  it("takes a delivery for a job that is gone without a word", async () => {
    const ignored = aDelivery({ reason: "duplicate", idempotencyKey: "key-1" });
    await expect(repository().recordDelivery("no-such-job", ignored)).resolves.toBeUndefined();
    expect(await repository().deliveries(ANNA, "no-such-job", 1)).toEqual([]);
  });
}

/** A job that was reported to so many times, every third time with a duplicate; `states` are all it went through. */
async function lived(repository: JobRepository, count: number) {
  let job = aJob();
  const states = [job];
  const reached: Delivery[] = [];
  const writes: Promise<unknown>[] = [repository.insert(job, aToken())];
  for (let n = 1; n <= count; n++) {
    const fields = { at: instant(n), message: `${n}` };
    const delivery = aDelivery(n % 3 === 0 ? { ...fields, reason: "duplicate" } : fields);
    const reduction = reduceJob(job, delivery.event);
    if (delivery.applied && reduction.applied) {
      writes.push(
        repository.save({
          ...reduction,
          expectedRevision: job.revision,
          changeId: `${job.revision}`,
          delivery,
        }),
      );
      job = reduction.job;
    } else {
      writes.push(repository.recordDelivery(job.jobId, delivery));
    }
    states.push(job);
    reached.push(delivery);
  }
  await Promise.all(writes);
  return { job, states, reached };
}

function replay(job: Job, { event, applied }: Delivery): Job {
  const reduction = applied ? reduceJob(job, event) : undefined;
  return reduction?.applied ? reduction.job : job;
}
