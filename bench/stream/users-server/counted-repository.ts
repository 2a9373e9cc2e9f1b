import { createSqliteRepository as createProductRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { reads } from "../take-orders.ts";

/** The product's repository, which counts what is read of the feeds. */
export function createSqliteRepository(
  options: Parameters<typeof createProductRepository>[0],
): JobRepository {
  const repository = createProductRepository(options);
  return {
    ...repository,
    head(userEmail) {
      reads.heads += 1;
      return repository.head(userEmail);
    },
    headWithChanges(...range) {
      reads.heads += 1;
      return repository.headWithChanges(...range);
    },
    changedAfter(...range) {
      reads.changes += 1;
      return repository.changedAfter(...range);
    },
  };
}
