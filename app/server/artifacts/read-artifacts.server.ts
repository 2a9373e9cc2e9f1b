import type { User } from "#app/server/sign-in/authenticator.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import type { ArtifactStore, OpenFile } from "./artifact-store.ts";

/** A file as its owner downloads it. */
export type Download = OpenFile & { name: string; type: string };

export type ReadArtifacts = {
  /** The result of a final, as JSON; undefined where the user has no such job or it has none. */
  openResult(user: User, jobId: string): Promise<Download | undefined>;
  /** One of the job's artifacts by its name. */
  openArtifact(user: User, jobId: string, name: string): Promise<Download | undefined>;
};

export function createReadArtifacts(options: {
  repository: Pick<JobRepository, "find">;
  artifacts: ArtifactStore;
}): ReadArtifacts {
  const { repository, artifacts } = options;
  return {
    async openResult({ userEmail }, jobId) {
      const job = await repository.find(userEmail, jobId);
      const file = job?.result && (await artifacts.open(jobId, job.result.name));
      return job && file && { ...file, name: `${job.title}.json`, type: "application/json" };
    },
    async openArtifact({ userEmail }, jobId, name) {
      const job = await repository.find(userEmail, jobId);
      const artifact = job?.artifacts?.find((known) => known.name === name);
      const file = artifact && (await artifacts.open(jobId, artifact.name));
      return artifact && file && { ...file, name: artifact.name, type: artifact.type };
    },
  };
}
