import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { translateCallback } from "#app/contract/callback/translate-callback.ts";
import { type RegisterRequest, registerRequestSchema } from "#app/contract/http.ts";
import type { Job } from "#app/contract/job.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import { newJob } from "#app/domain/new-job.ts";
import { createFileArtifactStore } from "#app/server/artifacts/artifact-store.files.server.ts";
import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import type { JobBus, JobMessage } from "#app/server/bus/job-bus.ts";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import { hashToken } from "#app/server/callback/callback-token.server.ts";
import { type ChangeJob, createChangeJob } from "#app/server/jobs/change-job.server.ts";
import { createRemoveJob, type RemoveJob } from "#app/server/jobs/remove-job.server.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";

export const ANNA = { userEmail: "anna@example.org" };
export const BERT = { userEmail: "bert@example.org" };

export type Storage = {
  repository: JobRepository;
  artifacts: ArtifactStore;
  bus: JobBus;
  changeJob: ChangeJob;
  removeJob: RemoveJob;
  /** What Anna's viewers were told. */
  published: JobMessage[];
  /** The clock of the services under test, set with `now`; it stands still. */
  clock: { (): number; now: number };
  /** Stores a job of Anna's, registered at `instant(0)`. */
  insert(request?: Partial<RegisterRequest>): Promise<Job>;
  stored(jobId: string): Promise<Job>;
} & AsyncDisposable;

/** Real storage on a fresh folder, with the parts that write to it. */
export async function openStorage(): Promise<Storage> {
  const dataDir = await mkdtemp(join(tmpdir(), "jobmon-storage-"));
  const repository = createSqliteRepository({ dataDir });
  const bus = createMemoryBus((error) => {
    throw error;
  });
  const published: JobMessage[] = [];
  bus.subscribe(ANNA.userEmail, (message) => published.push(message));
  const clock = Object.assign(() => clock.now, { now: Date.parse(instant(0)) });
  const artifacts = createFileArtifactStore({ dataDir });
  return {
    repository,
    artifacts,
    bus,
    changeJob: createChangeJob({ repository, bus }),
    removeJob: createRemoveJob({ repository, bus, artifacts, clock }),
    published,
    clock,
    async insert(request = {}) {
      const wanted = registerRequestSchema.parse({ title: "Bericht.pdf", ...request });
      const job = newJob(wanted, { ...ANNA, jobId: randomUUID(), at: instant(0) });
      await repository.insert(job, { hash: hashToken(job.jobId), expiresAt: instant(9_999) });
      return job;
    },
    async stored(jobId) {
      const target = await repository.findTarget(jobId);
      if (target === undefined) throw new Error(`${jobId} is not stored`);
      return target.job;
    },
    async [Symbol.asyncDispose]() {
      await repository.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** The n-th second of the day on which these tests take place. */
export function instant(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();
}

/** A callback with this body, as the event it becomes. */
export function said(body: unknown, second = 1): JobEvent {
  const translated = translateCallback(body);
  if ("fault" in translated) throw new Error(translated.fault.message);
  return { type: "callback_received", at: instant(second), report: translated.report };
}
