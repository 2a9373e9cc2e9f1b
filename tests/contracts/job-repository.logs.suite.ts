import { expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { ANNA, BERT, instant, lines, range, saved, stored } from "./stored-jobs.ts";

/** The lines of a job: numbered, the last 500 of them kept. */
export function describeLogs(repository: () => JobRepository): void {
  it("numbers the lines of a job from 0 over all its changes and reads any range of them", async () => {
    const job = await withLines(repository(), await stored(repository()), [3, 0, 4]);
    const other = await withLines(repository(), await stored(repository()), [2]);
    expect(await indexes(repository(), job.jobId, 0, 500)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(await indexes(repository(), job.jobId, 2, 3)).toEqual([2, 3, 4]);
    expect(await indexes(repository(), job.jobId, 7, 10)).toEqual([]);
    expect(await indexes(repository(), other.jobId, 0, 500)).toEqual([0, 1]);
    expect(await indexes(repository(), "no-such-job", 0, 500)).toEqual([]);
    const [third] = await repository().logs(ANNA, job.jobId, { from: 2, limit: 1 });
    expect(third).toEqual({ index: 2, entry: lines(1, 2)[0] });
  });

  it("shows the lines of a job to its owner alone", async () => {
    const job = await withLines(repository(), await stored(repository()), [3]);
    expect(await repository().logs(BERT, job.jobId, { from: 0, limit: 500 })).toEqual([]);
    expect(await repository().logs("", job.jobId, { from: 0, limit: 500 })).toEqual([]);
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
    expect(await repository().logs(ANNA, job.jobId, { from: 0, limit: 1 })).toEqual([{ index: 0, entry }]);
  });

  it("keeps the last 500 lines with their indexes, whether they came one by one or all at once", async () => {
    const steady = await withLines(repository(), await stored(repository()), [300, 199, 1, 1, 1, 150]);
    expect(await indexes(repository(), steady.jobId, 0, 1_000)).toEqual(range(152, 652));
    expect(await indexes(repository(), steady.jobId, 600, 10)).toEqual(range(600, 610));

    const flood = await withLines(repository(), await stored(repository()), [20, 1_200]);
    expect(await indexes(repository(), flood.jobId, 0, 1_000)).toEqual(range(720, 1_220));
    const [first] = await repository().logs(ANNA, flood.jobId, { from: 0, limit: 1 });
    expect(first?.entry.message).toBe("Zeile 720");
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
  return (await repository.logs(ANNA, jobId, { from, limit })).map(({ index }) => index);
}
