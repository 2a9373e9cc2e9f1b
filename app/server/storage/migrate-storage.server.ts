import { isDeepStrictEqual } from "node:util";
import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import { filesOf, isSameJob, type StorageTotals, totalsOf } from "./migrate-storage-totals.server.ts";
import type { JobArchive } from "#app/server/repository/job-archive.ts";

const PAGE = 100;

/** Where jobs and their files are. */
export type JobStorage = { archive: JobArchive; artifacts: ArtifactStore };

/** How far it is; `done` of `total` jobs, the removed ones included. */
export type MigrationProgress = { step: "copy" | "verify"; done: number; total: number };

export type MigrationOutcome =
  /** Both sides were read again from beginning to end; what they hold is the same only if `isSame`. */
  | { kind: "verified"; from: StorageTotals; to: StorageTotals; isSame: boolean }
  /** Nothing was written: the target holds jobs that did not come from this source. */
  | { kind: "not_empty" };

/**
 * Copies all jobs of a storage with their files to an empty one, then reads both and compares. Ended in the middle,
 * however, it is to be run again: what is there already is not written twice. A migration that was finished is only
 * verified again. `source` names where the jobs come from, without credentials. No server may use either side.
 */
export async function migrateStorage(options: {
  from: JobStorage;
  to: JobStorage;
  source: string;
  clock: () => number;
  onProgress: (progress: MigrationProgress) => void;
}): Promise<MigrationOutcome> {
  const { from, to, source, clock, onProgress } = options;
  const now = (): string => new Date(clock()).toISOString();
  const before = await to.archive.migration();
  const { jobs, removed } = await to.archive.count();
  const isOthers = before === undefined ? jobs + removed > 0 : before.source !== source;
  if (isOthers) return { kind: "not_empty" };

  const migration = before ?? { source, startedAt: now() };
  if (migration.finishedAt === undefined) {
    await to.archive.note(migration);
    await copyJobs(from, to, (done, total) => onProgress({ step: "copy", done, total }));
  }
  const inFrom = await from.archive.count();
  const total = inFrom.jobs + inFrom.removed;
  let read = 0;
  const verified = (): void => onProgress({ step: "verify", done: Math.floor(++read / 2), total });
  const [there, here] = [await totalsOf(from, verified), await totalsOf(to, verified)];
  const isSame = isDeepStrictEqual(there, here);
  if (isSame && migration.finishedAt === undefined)
    await to.archive.note({ ...migration, finishedAt: now() });
  return { kind: "verified", from: there, to: here, isSame };
}

async function copyJobs(
  from: JobStorage,
  to: JobStorage,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { jobs, removed } = await from.archive.count();
  let [done, after] = [0, ""];
  for (;;) {
    const ids = await from.archive.ids(after, PAGE);
    const known = new Map((await to.archive.read(ids)).map((archived) => [archived.job.jobId, archived]));
    const wanted = await from.archive.read(ids);
    for (const { job, removedAt } of wanted) {
      if (removedAt === undefined) await copyFiles(from, to, job.jobId, filesOf(job));
    }
    await to.archive.write(wanted.filter((archived) => !isSameJob(archived, known.get(archived.job.jobId))));
    done += ids.length;
    onProgress(done, jobs + removed);
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) return;
    after = last;
  }
}

/** A file is stored whole or not at all: one of the same size is the same, which the verification proves. */
async function copyFiles(from: JobStorage, to: JobStorage, jobId: string, names: string[]): Promise<void> {
  for (const name of names) {
    const [source, target] = [await from.artifacts.open(jobId, name), await to.artifacts.open(jobId, name)];
    if (source !== undefined && source.size !== target?.size)
      await to.artifacts.put(jobId, name, source.content);
  }
}
