import { randomUUID } from "node:crypto";
import { registerRequestSchema } from "#app/contract/http.ts";
import { newJob } from "#app/domain/new-job.ts";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import { hashToken } from "#app/server/callback/callback-token.server.ts";
import { createChangeJob } from "#app/server/jobs/change-job.server.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import { said } from "../../support/open-storage.ts";

/** Stores completed jobs of the past for the local user, in a data folder that no server has open. */
export async function storeEndedJobs(
  dataDir: string,
  jobs: readonly { title: string; endedAt: number }[],
): Promise<void> {
  const repository = createSqliteRepository({ dataDir });
  const bus = createMemoryBus((error) => {
    throw error;
  });
  const changeJob = createChangeJob({ repository, bus });
  for (const { title, endedAt } of jobs) {
    const [jobId, at] = [randomUUID(), new Date(endedAt).toISOString()];
    const wanted = registerRequestSchema.parse({ title });
    const token = { hash: hashToken(jobId), expiresAt: at };
    await repository.insert(newJob(wanted, { userEmail: "dev@localhost", jobId, at }), token);
    await changeJob(jobId, { ...said({ phase: "completed", data: {} }), at });
  }
  await repository.close();
}
