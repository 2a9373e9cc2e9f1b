import { auditJobs, type AuditReport } from "./audit.server.ts";
import { type Unusable, withIdleFolder } from "./idle-folder.server.ts";
import { createSqliteRepository } from "./repository/job-repository.sqlite.server.ts";

/** What an audit of a data folder found. */
export type Audit = { kind: "audited"; report: AuditReport };

/** Audits a data folder that no server has at the moment; `dataDir` wins over the environment. Creates nothing. */
export function audit(flags: { dataDir?: string }): Promise<Audit | Unusable> {
  return withIdleFolder(flags, async (dataDir) => {
    const repository = createSqliteRepository({ dataDir });
    try {
      return { kind: "audited", report: await auditJobs(repository) };
    } finally {
      await repository.close();
    }
  });
}
