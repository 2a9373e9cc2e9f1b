import { existsSync } from "node:fs";
import { join } from "node:path";
import { auditJobs, type AuditReport } from "./audit.server.ts";
import { EnvError, loadEnvFile, readEnv } from "./env.server.ts";
import { DataFolderError } from "./repository/data-folder-error.ts";
import { createSqliteRepository } from "./repository/job-repository.sqlite.server.ts";

/** What an audit of a data folder found, or in a sentence why there could be none. */
export type Audit = { kind: "audited"; report: AuditReport } | { kind: "unusable"; message: string };

/** Audits a data folder that no server has at the moment; `dataDir` wins over the environment. Creates nothing. */
export async function audit(flags: { dataDir?: string }): Promise<Audit> {
  try {
    loadEnvFile();
    const { JOBMON_DATA_DIR: dataDir } = readEnv(flags);
    if (!existsSync(join(dataDir, "jobmon.db"))) {
      const message = `The folder ${dataDir} holds no jobs. Name the data folder with JOBMON_DATA_DIR or --data-dir.`;
      return { kind: "unusable", message };
    }
    const repository = createSqliteRepository({ dataDir });
    try {
      return { kind: "audited", report: await auditJobs(repository) };
    } finally {
      await repository.close();
    }
  } catch (error) {
    if (!(error instanceof EnvError || error instanceof DataFolderError)) throw error;
    return { kind: "unusable", message: error.message };
  }
}
