/** The database cannot be used, or did not come in time. The message says what to do; it holds no credentials. */
export class MongoStartError extends Error {
  readonly code = "mongo_start";
}
