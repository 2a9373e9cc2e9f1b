import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import { describeJobRepository } from "./job-repository.suite.ts";

describeJobRepository("sqlite", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "jobmon-"));
  const repository = createSqliteRepository({ dataDir });
  let current = repository;
  return {
    repository,
    reopen: async () => {
      await current.close();
      return (current = createSqliteRepository({ dataDir }));
    },
    dispose: async () => {
      await current.close();
      await rm(dataDir, { recursive: true });
    },
  };
});
