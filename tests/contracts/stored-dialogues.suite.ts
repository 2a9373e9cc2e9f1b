import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import { auditJobs } from "#app/server/storage/audit.server.ts";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import { hashToken } from "#app/server/callback/callback-token.server.ts";
import { type ChangeJob, createChangeJob } from "#app/server/jobs/change-job.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { arrivals, type Body, dialogue } from "../properties/dialogues.ts";
import { instant, read, received, registeredJob } from "../properties/play.ts";

/** The same storage as each of several instances sees it, and as one does that has no part in it and remembers nothing. */
export type Instances = {
  repositories: readonly JobRepository[];
  auditor: JobRepository;
  dispose(): Promise<void>;
};

/** Dialogues of workers as they are stored; the callbacks of a dialogue go to the instances in turn. */
export function describeStoredDialogues(
  name: string,
  { runs, open }: { runs: number; open: () => Promise<Instances> },
): void {
  describe(`stored dialogues: ${name}`, () => {
    let instances: Instances;
    let repository: JobRepository;
    let changes: ChangeJob[];
    beforeAll(async () => {
      instances = await open();
      const [first] = instances.repositories;
      if (first === undefined) throw new Error("no instance");
      repository = first;
      const bus = createMemoryBus((error) => expect(error).toBeUndefined());
      changes = instances.repositories.map((one) => createChangeJob({ repository: one, bus }));
    });
    afterAll(() => instances.dispose());

    it(`each of ${runs}, all of it at once, ends as it is told, and its deliveries give the stored job`, async () => {
      const toldAndArrived = dialogue.chain((told) =>
        fc.tuple(fc.constant([...told.callbacks, told.final]), arrivals(told), fc.boolean()),
      );
      await fc.assert(
        fc.asyncProperty(toldAndArrived, async ([told, arrived, isCanceled]) => {
          const inOrder = await inserted();
          for (const [n, body] of told.entries()) await send(inOrder, body, n);
          const atOnce = await inserted();
          const cancel: JobEvent = { type: "cancel_requested", at: instant(1) };
          if (isCanceled) await changes.at(-1)?.(atOnce, cancel);
          const answers = await Promise.all(arrived.map((body, n) => send(atOnce, body, n)));

          const [expected, job] = [await stored(inOrder), await stored(atOnce)];
          expect(endOf(job)).toEqual(endOf(expected));
          const applied = answers.filter((answer) => answer?.applied).length;
          expect(job.revision).toBe(applied + (isCanceled ? 1 : 0));
        }),
        { numRuns: runs },
      );
      expect(await auditJobs(instances.auditor)).toMatchObject({ partial: 0, faults: [] });
    });

    it("of more deliveries than are kept is replayed from a later snapshot", async () => {
      const jobId = await inserted();
      for (let n = 0; n < 230; n++) await send(jobId, { current: n, total: 1_000 }, n * 11);
      const history = await repository.history(jobId);
      expect(history?.isWhole).toBe(false);
      expect(history?.deliveries.length).toBeGreaterThanOrEqual(50);
      expect(await auditJobs(instances.auditor)).toMatchObject({ partial: 1, faults: [] });
    });

    async function inserted(): Promise<string> {
      const job = registeredJob({}, randomUUID());
      await repository.insert(job, { hash: hashToken(job.jobId), expiresAt: instant(9_999) });
      return job.jobId;
    }

    /** The n-th callback of a job. */
    async function send(jobId: string, body: Body, n: number): ReturnType<ChangeJob> {
      const parsed = read(body);
      const { bytes, digest } = parsed;
      const change = changes[n % changes.length];
      return change?.(jobId, received(parsed, instant(n + 2)), { bytes, digest });
    }

    /** As somebody who remembers nothing reads it. */
    async function stored(jobId: string): Promise<Job> {
      const target = await repository.findTargetByToken(hashToken(jobId));
      if (target === undefined) throw new Error(`${jobId} is not stored`);
      return target.job;
    }
  });
}

function endOf({ status, result, archive, error, endedBy }: Job) {
  return { status, result, archive, error, endedBy };
}
