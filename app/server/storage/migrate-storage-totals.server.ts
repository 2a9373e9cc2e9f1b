import { createHash } from "node:crypto";
import type { Job } from "#app/contract/job.ts";
import type { JobStorage } from "./migrate-storage.server.ts";
import type { ArchivedJob } from "#app/server/repository/job-archive.ts";

const PAGE = 100;
/** What an archive becomes before its job says so, should a crash have come in between. */
const STORED_ARCHIVE = "images.zip";

/** What a storage holds, counted, and one SHA-256 in hex over every job and every byte of its files. */
export type StorageTotals = {
  jobs: number;
  removed: number;
  tokens: number;
  logs: number;
  deliveries: number;
  files: number;
  bytes: number;
  digest: string;
};

/** Reads everything a storage holds; `onJob` is called after each job. */
export async function totalsOf(storage: JobStorage, onJob: () => void): Promise<StorageTotals> {
  const totals = { jobs: 0, removed: 0, tokens: 0, logs: 0, deliveries: 0, files: 0, bytes: 0 };
  const hash = createHash("sha256");
  for (let after: string | undefined = ""; after !== undefined;) {
    const ids: string[] = await storage.archive.ids(after, PAGE);
    for (const archived of await storage.archive.read(ids)) {
      const { job, removedAt, tokens, logs, deliveries } = archived;
      totals[removedAt === undefined ? "jobs" : "removed"] += 1;
      totals.tokens += tokens.length;
      totals.logs += logs.length;
      totals.deliveries += deliveries.length;
      hash.update(canonical(archived));
      for (const name of removedAt === undefined ? filesOf(job) : []) {
        const file = await digestOf(storage, job.jobId, name);
        hash.update(`${name} ${file?.digest}`);
        if (file === undefined) continue;
        totals.files += 1;
        totals.bytes += file.size;
      }
      onJob();
    }
    after = ids.length < PAGE ? undefined : ids.at(-1);
  }
  return { ...totals, digest: hash.digest("hex") };
}

/** The names of the files a job may have. */
export function filesOf({ result, archive, artifacts = [] }: Job): string[] {
  const names = [
    result?.name,
    archive?.name,
    archive && STORED_ARCHIVE,
    ...artifacts.map(({ name }) => name),
  ];
  return [...new Set(names.filter((name) => name !== undefined))];
}

export function isSameJob(one: ArchivedJob, other: ArchivedJob | undefined): boolean {
  return other !== undefined && canonical(one) === canonical(other);
}

async function digestOf(
  { artifacts }: JobStorage,
  jobId: string,
  name: string,
): Promise<{ size: number; digest: string } | undefined> {
  const file = await artifacts.open(jobId, name);
  if (file === undefined) return undefined;
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of file.content) {
    hash.update(chunk);
    size += chunk.byteLength;
  }
  return { size, digest: hash.digest("hex") };
}

/** The same text for the same job, in whatever order a storage gives the fields back. */
function canonical(archived: ArchivedJob): string {
  return JSON.stringify(archived, (_, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
