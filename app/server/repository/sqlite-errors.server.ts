import { RepositoryUnavailableError } from "./job-repository.ts";

/** The primary result codes this program tells apart (sqlite.org/rescode.html). */
export const SQLITE = { busy: 5, constraint: 19, notADatabase: 26 } as const;

/** The primary result code of an error of SQLite; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number")
    return undefined;
  return error.errcode & 0xff;
}

/** What SQLite could not do at the moment becomes `RepositoryUnavailableError`; faults of a caller stay as they are. */
export function asRepositoryError(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === undefined || code === SQLITE.constraint) return error;
  return unavailable(error);
}

/** The same for a failure that concerns the whole repository, whatever it was. */
export function unavailable(cause: unknown): RepositoryUnavailableError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RepositoryUnavailableError(`the database cannot be read or written: ${reason}`, { cause });
}
