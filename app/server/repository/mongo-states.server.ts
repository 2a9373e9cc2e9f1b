import type { Document, Filter } from "mongodb";
import { z } from "zod";
import { defined } from "#app/contract/defined.ts";
import type { Job } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import type { CallbackTarget } from "./job-repository.ts";
import type { JobDocument, MongoCollections } from "./mongo-collections.server.ts";
import { JOB_PROJECTION, jobOf, tokensOf } from "./mongo-documents.server.ts";

/** A request that changed the job. */
export type AppliedRequest = { at: string; digest: string; idempotencyKey?: string };

/**
 * What is known of a job: its document without the lines and the texts of its deliveries. `recent` are its last
 * applied requests, all it ever had where `isWhole`.
 */
export type JobState = {
  target: CallbackTarget;
  changeId: string | undefined;
  deliveryCount: number;
  /** How many of them are in the document. */
  tailLength: number;
  /** How many pages of them were put away. */
  deliveryPage: number;
  recent: readonly AppliedRequest[];
  isWhole: boolean;
};

export type JobStates = {
  /** From memory where it is there, else from the database. */
  get(jobId: string): Promise<JobState | undefined>;
  /** The same from the database, by what is unique. */
  find(filter: Filter<JobDocument>): Promise<JobState | undefined>;
  /** From the database. */
  read(jobId: string): Promise<JobState | undefined>;
  /** It was written like this. Only jobs in motion are remembered. */
  keep(state: JobState): void;
  /** What is known may be wrong. */
  forget(jobId: string): void;
};

const STATES_KEPT = 5_000;
export const RECENT_KEPT = 64;

const countsSchema = z.object({
  changeId: z.string().optional(),
  deliveryCount: z.int(),
  deliveryPage: z.int(),
  deliveries: z.array(
    z.object({
      at: z.date(),
      applied: z.boolean(),
      digest: z.string().optional(),
      idempotencyKey: z.string().optional(),
    }),
  ),
});

const PROJECTION: Document = {
  ...JOB_PROJECTION,
  callbackTokenHash: 1,
  callbackTokenExpiresAt: 1,
  callbackTokenSecret: 1,
  changeId: 1,
  deliveryCount: 1,
  deliveryPage: 1,
  "deliveries.at": 1,
  "deliveries.applied": 1,
  "deliveries.digest": 1,
  "deliveries.idempotencyKey": 1,
};

/**
 * The states of jobs in motion, so that an ordinary callback reads nothing. A copy may be stale, as other instances
 * write too: every write is guarded by the revision it was made from, and what it refuses is read again.
 */
export function createJobStates({ jobs }: MongoCollections): JobStates {
  const states = new Map<string, JobState>();

  function keep(state: JobState): void {
    const { jobId, status } = state.target.job;
    states.delete(jobId);
    if (isFinal(status)) return;
    states.set(jobId, state);
    const [oldest] = states.keys();
    if (states.size > STATES_KEPT && oldest !== undefined) states.delete(oldest);
  }

  async function find(filter: Filter<JobDocument>): Promise<JobState | undefined> {
    const document = await jobs.findOne(filter, { projection: PROJECTION });
    if (document === null) return undefined;
    const state = stateOf(document);
    keep(state);
    return state;
  }

  function read(jobId: string): Promise<JobState | undefined> {
    states.delete(jobId);
    return find({ _id: jobId });
  }

  return {
    find,
    get: async (jobId) => states.get(jobId) ?? read(jobId),
    read,
    keep,
    forget: (jobId) => void states.delete(jobId),
  };
}

function stateOf(document: Document): JobState {
  const { changeId, deliveryCount, deliveryPage, deliveries } = countsSchema.parse(document);
  return {
    target: { job: jobOf(document), tokens: tokensOf(document) },
    changeId,
    deliveryCount,
    deliveryPage,
    tailLength: deliveries.length,
    recent: deliveries.flatMap(({ at, applied, digest, idempotencyKey }) =>
      applied && digest !== undefined
        ? [{ at: at.toISOString(), digest, ...defined({ idempotencyKey }) }]
        : [],
    ),
    isWhole: deliveries.length === deliveryCount,
  };
}

/** The state after a change of the job that was brought by this request. */
export function nextState(
  state: JobState,
  next: {
    job: Job;
    changeId: string;
    request: AppliedRequest | undefined;
    tailLength: number;
    pages: number;
  },
): JobState {
  const { job, changeId, request, tailLength, pages } = next;
  const recent = request === undefined ? state.recent : [...state.recent, request];
  return {
    target: { ...state.target, job },
    changeId,
    deliveryCount: state.deliveryCount + 1,
    deliveryPage: state.deliveryPage + pages,
    tailLength,
    recent: recent.slice(-RECENT_KEPT),
    isWhole: state.isWhole && recent.length <= RECENT_KEPT,
  };
}
