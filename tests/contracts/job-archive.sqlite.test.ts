import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteArchive } from "#app/server/repository/job-archive.sqlite.server.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import { describeJobArchive } from "./job-archive.suite.ts";

describeJobArchive("sqlite", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "jobmon-"));
  return {
    repository: async () => createSqliteRepository({ dataDir }),
    archive: async () => openSqliteArchive({ dataDir }),
    dispose: () => rm(dataDir, { recursive: true }),
  };
});
