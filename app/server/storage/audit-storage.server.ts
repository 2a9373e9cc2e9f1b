import { auditJobs, type AuditReport } from "./audit.server.ts";
import { type Unusable, withChosenStorage } from "./chosen-storage.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";

/** What an audit of a storage found. */
export type Audit = { kind: "audited"; report: AuditReport };

/** Audits a data folder that no server has at the moment, or a MongoDB, which servers may use meanwhile; see `withChosenStorage`. */
export function audit(flags: { dataDir?: string }): Promise<Audit | Unusable> {
  return withChosenStorage(flags, {
    folder: (dataDir) => auditWhole(createSqliteRepository({ dataDir })),
    async mongo({ db, prepare }) {
      const { createMongoRepository } = await import("#app/server/repository/job-repository.mongo.server.ts");
      return auditWhole(await prepare((slow) => createMongoRepository({ db, slow })));
    },
  });
}

async function auditWhole(repository: JobRepository): Promise<Audit> {
  try {
    return { kind: "audited", report: await auditJobs(repository) };
  } finally {
    await repository.close();
  }
}
