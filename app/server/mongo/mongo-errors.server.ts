import { MongoError, MongoMissingDependencyError, MongoParseError, MongoServerError } from "mongodb";
import { RepositoryUnavailableError } from "#app/server/repository/job-repository.ts";

const DUPLICATE_KEY = 11_000;
/** What the server says of a document that is too large or cannot be stored: the fault of the document. */
const REFUSED_DOCUMENT = new Set<unknown>([2, 10_334, 17_419, 17_420]);

/** What a socket says whose other end or way went while a command is written: the driver (7.9) passes it on as it is. */
const BROKEN_SOCKET =
  /^(EPIPE|EPROTO|ECONN(RESET|ABORTED|REFUSED)|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|ENETRESET|ENOTCONN|ERR_STREAM_\w+|ERR_SSL_\w+)$/;

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** What the database could not do at the moment becomes `RepositoryUnavailableError`; faults of a caller stay as they are. */
export function asRepositoryError(error: unknown): unknown {
  if (!isOfDatabase(error)) return error;
  if (error instanceof MongoParseError || error instanceof MongoMissingDependencyError) return error;
  if (isDuplicateKey(error) || REFUSED_DOCUMENT.has(error.code)) return error;
  return new RepositoryUnavailableError(`the database cannot be read or written: ${error.message}`, {
    cause: error,
  });
}

/** A fault of the database or of the way to it. */
export function isOfDatabase(error: unknown): error is MongoError | NodeJS.ErrnoException {
  if (error instanceof MongoError) return true;
  return error instanceof Error && "code" in error && BROKEN_SOCKET.test(String(error.code));
}
