import { Binary, type Document } from "mongodb";
import type { CallbackTarget, CallbackToken } from "./job-repository.ts";
import type { MongoCollections } from "./mongo-collections.server.ts";
import { jobOf, tokensOf } from "./mongo-documents.server.ts";
import type { JobStates } from "./mongo-states.server.ts";

/** What callbacks are checked against: the tokens of the jobs, those of removed ones included. */
export function createMongoTargets({ jobs, tombstones }: MongoCollections, states: JobStates) {
  async function removed(filter: Document): Promise<CallbackTarget | undefined> {
    const tombstone = await tombstones.findOne(filter);
    return tombstone === null
      ? undefined
      : { job: jobOf(tombstone), tokens: tokensOf(tombstone), isRemoved: true };
  }

  return {
    async find(jobId: string): Promise<CallbackTarget | undefined> {
      return (await states.get(jobId))?.target ?? removed({ _id: jobId });
    },
    /** Always from the database: a token may have been added by another instance. */
    async findByToken(hash: Uint8Array): Promise<CallbackTarget | undefined> {
      const filter = { callbackTokenHash: new Binary(hash) };
      return (await states.find(filter))?.target ?? removed(filter);
    },
    /** To be called in turn. */
    async add(jobId: string, token: CallbackToken): Promise<void> {
      states.forget(jobId);
      const update = {
        $push: {
          callbackTokenHash: new Binary(token.hash),
          callbackTokenExpiresAt: new Date(token.expiresAt),
          callbackTokenSecret: token.signingSecret ?? null,
        },
      };
      const { matchedCount } = await jobs.updateOne({ _id: jobId }, update);
      if (matchedCount === 0) await tombstones.updateOne({ _id: jobId }, update);
    },
  };
}
