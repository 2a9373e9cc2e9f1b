import { type ClientSession, type Db, MongoServerError } from "mongodb";
import { MAJORITY } from "./majority.ts";
import { isDuplicateKey } from "./mongo-errors.server.ts";

const MAX_TRIES = 20;

/**
 * Does the work in one transaction, durable on the majority when it resolves. What others wrote at the same time makes
 * it start again, so the work may run more than once. Unlike the driver's own it does not wait for a database that is away.
 */
export async function inTransaction<T>(db: Db, work: (session: ClientSession) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const session = db.client.startSession();
    try {
      session.startTransaction(MAJORITY);
      const value = await work(session);
      await session.commitTransaction();
      return value;
    } catch (error) {
      if (session.inTransaction()) await session.abortTransaction().catch(() => {});
      if (!isContended(error) || tries === MAX_TRIES) throw error;
    } finally {
      await session.endSession();
    }
  }
}

/** True for a write that lost against another one; two that make the same document are told by its key. */
function isContended(error: unknown): boolean {
  if (isDuplicateKey(error)) return true;
  return error instanceof MongoServerError && error.hasErrorLabel("TransientTransactionError");
}
