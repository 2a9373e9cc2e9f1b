import type { Binary, Collection, Db, Document, Timestamp } from "mongodb";
import type { Job } from "#app/contract/job.ts";
import { MAJORITY } from "#app/server/mongo/majority.ts";

/** A document by its id. */
export type Keyed<Id> = { _id: Id } & Document;
type Instant = "createdAt" | "updatedAt" | "startedAt" | "finishedAt" | "lastCallbackAt";

/** A job as it is stored: in the words of the contract, its id as `_id`, its instants as dates. */
export type JobDocument = Omit<Job, "jobId" | "error" | Instant> & { _id: string } & {
  [At in Instant]?: Date;
} & {
  error?: Document;
  /** Its last 50 lines, in the form of `JobLog`; `logCount` tells how many there ever were. */
  logs: Document[];
  /** Given by the server in each write: its place in the feed of its user. */
  seq: Timestamp;
  /** The last change, to tell it from another one that made the same revision. */
  changeId?: string;
  /** When nobody will wait for its worker any more. */
  silentAt?: Date;
  /** When the Secretary is to be asked about it, in the form of `Date.toISOString`. */
  askAt?: string;
  /** Since when files of it are still to be stored or fetched, in the same form. */
  storingAt?: string;
  search: string;
  callbackTokenHash: Binary[];
  callbackTokenExpiresAt: Date[];
  callbackTokenSecret: (string | null)[];
  /** What it was registered by, if that may be repeated. */
  idempotencyKey?: string;
  requestDigest?: string;
  /** Its last deliveries, how many there ever were, and how many pages of them were put away. */
  deliveries: Document[];
  deliveryCount: number;
  deliveryPage: number;
};
type Tombstone = Omit<JobDocument, "logs" | "deliveries" | "deliveryCount" | "deliveryPage" | "search"> & {
  removedAt: Date;
};

/** A page of something of one job; the slots of a job are used in turn, so that the oldest page makes room. */
export type PageId = { jobId: string; slot: number };

export type MongoCollections = {
  /** The jobs, each with the tail of its lines and of its deliveries. */
  jobs: Collection<JobDocument>;
  /** What is left of removed jobs. */
  tombstones: Collection<Tombstone>;
  /** Lines that are not in the tail any more. */
  logPages: Collection<Keyed<PageId>>;
  /** Deliveries that are not in the tail any more, each page with the state of the job after it. */
  deliveryPages: Collection<Keyed<PageId>>;
  /** The requests of those deliveries, to be known again. */
  requests: Collection<Keyed<{ jobId: string; revision: number }>>;
  /** What deliveries are too long to be among the others. */
  deliveryTexts: Collection<Keyed<{ jobId: string; textId: string; n: number }>>;
  /** The epoch of every user's feed. */
  feeds: Collection<Keyed<string>>;
};

export function mongoCollections(db: Db): MongoCollections {
  return {
    jobs: db.collection("external_jobs", MAJORITY),
    tombstones: db.collection("external_job_tombstones", MAJORITY),
    logPages: db.collection("external_job_logs", MAJORITY),
    deliveryPages: db.collection("external_job_deliveries", MAJORITY),
    requests: db.collection("external_job_requests", MAJORITY),
    deliveryTexts: db.collection("external_job_delivery_texts", MAJORITY),
    feeds: db.collection("external_job_feeds", MAJORITY),
  };
}
