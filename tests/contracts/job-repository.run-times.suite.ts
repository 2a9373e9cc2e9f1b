import { expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { ANNA, BERT, instant, range, saved, stored } from "./stored-jobs.ts";

/** How long jobs of a kind took: what the remaining time of the next one is told from. */
export function describeRunTimes(repository: () => JobRepository): void {
  const ofPdf = (limit = 50) => repository().runTimes(ANNA, "pdf", limit);
  const took = (second: number, fields: Partial<Job> = {}): Partial<Job> => ({
    kind: "pdf",
    status: "completed",
    startedAt: instant(100),
    finishedAt: instant(100 + second),
    updatedAt: instant(100 + second),
    ...fields,
  });

  it("knows how long the last completed jobs of a user and a kind took, the last ended first", async () => {
    expect(await ofPdf()).toEqual([]);
    for (const seconds of [30, 90, 60]) await saved(repository(), await stored(repository()), took(seconds));
    await stored(repository(), took(10, { userEmail: BERT }));
    await stored(repository(), took(11, { kind: "audio" }));
    await stored(repository(), { ...took(12), kind: undefined });
    expect(await ofPdf()).toEqual([90, 60, 30]);
    expect(await ofPdf(2)).toEqual([90, 60]);
    expect(await repository().runTimes(ANNA, "pdf' OR 1=1", 50)).toEqual([]);
  });

  it("counts no job that has not completed, never began, or is removed", async () => {
    for (const status of ["queued", "running", "pending-storage", "failed", "canceled"] as const)
      await stored(repository(), took(10, { status }));
    await stored(repository(), took(20, { startedAt: undefined }));
    const done = await stored(repository(), took(40));
    expect(await ofPdf()).toEqual([40]);
    await repository().remove(done, instant(200));
    expect(await ofPdf()).toEqual([]);
  });

  it("finds them among many of other kinds", async () => {
    await Promise.all(range(0, 60).map((n) => stored(repository(), took(n, { kind: `kind ${n % 6}` }))));
    expect(await repository().runTimes(ANNA, "kind 5", 3)).toEqual([59, 53, 47]);
  });
}
