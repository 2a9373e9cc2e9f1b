import type { Job, StoredFile } from "#app/contract/job.ts";
import type { ParsedCallback } from "#app/server/callback-body/parse-callback.server.ts";
import type { ArtifactStore } from "./artifact-store.ts";

type Parsed = Extract<ParsedCallback, { kind: "parsed" }>;
type Stored = { result?: StoredFile; archive?: StoredFile };

/** The files of a final, durable before the job says so. */
export type StagedFiles = {
  stored: Stored | undefined;
  /** Takes back what the job did not keep, because another final came first. */
  keepOnly(job: Job): Promise<void>;
};

export type StageFiles = (job: Job, parsed: Parsed) => Promise<StagedFiles>;

/**
 * Writes a final's result and archive under names of its own digest: a second, different final cannot overwrite the
 * first, the same one sent twice is one file.
 */
export function createStageFiles(artifacts: ArtifactStore): StageFiles {
  return async ({ jobId, endedBy }, { digest, result, archive }) => {
    const stored: Stored = {};
    if (endedBy !== "worker") {
      if (result !== undefined) stored.result = { name: `result-${digest}.json`, size: result.byteLength };
      if (archive !== undefined) stored.archive = { name: `archive-${digest}.zip`, size: archive.byteLength };
      if (stored.result && result) await artifacts.put(jobId, stored.result.name, result);
      if (stored.archive && archive) await artifacts.put(jobId, stored.archive.name, archive);
    }
    return {
      stored: stored.result || stored.archive ? stored : undefined,
      async keepOnly(job) {
        for (const kind of ["result", "archive"] as const) {
          const name = stored[kind]?.name;
          if (name !== undefined && job[kind]?.name !== name) await artifacts.remove(jobId, name);
        }
      },
    };
  };
}
