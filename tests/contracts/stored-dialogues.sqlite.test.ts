import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import { describeStoredDialogues } from "./stored-dialogues.suite.ts";

describeStoredDialogues("sqlite", {
  runs: 300,
  async open() {
    const dataDir = await mkdtemp(join(tmpdir(), "jobmon-dialogues-"));
    const repository = createSqliteRepository({ dataDir });
    return {
      repositories: [repository],
      auditor: repository,
      async dispose() {
        await repository.close();
        await rm(dataDir, { recursive: true });
      },
    };
  },
});
