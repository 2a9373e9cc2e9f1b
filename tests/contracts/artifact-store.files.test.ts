import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFileArtifactStore } from "#app/server/artifacts/artifact-store.files.server.ts";
import { describeArtifactStore } from "./artifact-store.suite.ts";

describeArtifactStore("files", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "jobmon-"));
  return {
    artifacts: createFileArtifactStore({ dataDir }),
    reopen: () => Promise.resolve(createFileArtifactStore({ dataDir })),
    dispose: () => rm(dataDir, { recursive: true }),
  };
});
