import type { Document } from "mongodb";
import { defined } from "#app/contract/defined.ts";
import type { Delivery } from "#app/contract/job-event.ts";
import type { JobChange, TokenRotation } from "./job-repository.ts";
import type { Committed, JobWrite } from "./mongo-commits.server.ts";
import type { DeliveryTexts } from "./mongo-delivery-texts.server.ts";
import { jobUpdate, logFields, tokenFields } from "./mongo-documents.server.ts";
import { LINES_IN_TAIL } from "./mongo-logs.server.ts";
import { type Addition, needsRoom, type Room } from "./mongo-rooms.server.ts";
import { type AppliedRequest, type JobState, type JobStates, nextState } from "./mongo-states.server.ts";

/** The server gives the place in the feed in the write itself: a timestamp of its clock, unique and growing. */
export const NEXT_SEQ = { $currentDate: { seq: { $type: "timestamp" } } } as const;

type Parts = {
  texts: DeliveryTexts;
  states: JobStates;
  commit: (write: JobWrite) => Promise<Committed | undefined>;
  makeRoom: (addition: Addition) => Promise<Room | undefined>;
};

/** Writes to the documents of jobs. Called in turn for one job. */
export function createMongoChanges({ texts, states, commit, makeRoom }: Parts) {
  /** The state a change was reduced from, if that is the stored one. */
  async function expected(change: JobChange): Promise<JobState | undefined> {
    const known = await states.get(change.job.jobId);
    if (known === undefined || isExpected(known, change)) return known;
    const stored = await states.read(change.job.jobId);
    return stored !== undefined && isExpected(stored, change) ? stored : undefined;
  }

  async function save(change: JobChange): Promise<Committed | "conflict"> {
    const { job, expectedRevision, changeId, expectedChangeId, delivery, rotation } = change;
    const { jobId, userEmail } = job;
    const state = await expected(change);
    if (state === undefined) return "conflict";
    const deliveries = [await texts.store(jobId, delivery, job.revision)];
    const lines = change.logs.map(logFields);
    const { logCount } = state.target.job;
    const isTight = needsRoom({ logCount, tailLength: state.tailLength }, { lines });
    const room = isTight ? await makeRoom({ jobId, lines, deliveries }) : undefined;
    if (isTight && room?.revision !== expectedRevision) {
      states.forget(jobId);
      return "conflict";
    }
    const { $set, $unset } = jobUpdate(job, state.target.job);
    const added = additionOf(deliveries, room);
    const guard = { userEmail, revision: expectedRevision, ...defined({ changeId: expectedChangeId }) };
    const tokens = rotation && (await rotated(jobId, rotation));
    const committed = await commit({
      filter: { _id: jobId, ...guard, ...added.guard, ...tokens?.guard },
      update: {
        ...NEXT_SEQ,
        $set: { ...$set, changeId, ...added.$set, ...tokens?.$set },
        $unset,
        $inc: added.$inc,
        $push: {
          ...added.$push,
          ...(lines.length === 0 ? {} : { logs: { $each: lines, $slice: -LINES_IN_TAIL } }),
        },
      },
      changeId,
    });
    if (committed === undefined) {
      states.forget(jobId);
      return "conflict";
    }
    const counted = { ...state, deliveryCount: room?.deliveryCount ?? state.deliveryCount };
    const tailLength = room?.deliveries.length ?? state.tailLength + 1;
    const request = requestOf(delivery);
    if (rotation !== undefined) states.forget(jobId);
    else states.keep(nextState(counted, { job, changeId, request, tailLength, pages: room?.pages ?? 0 }));
    return committed;
  }

  /** All tokens as they will be, with a guard against one that is added in the meantime. */
  async function rotated(jobId: string, { token, olderUntil }: TokenRotation) {
    const tokens = (await states.read(jobId))?.target.tokens ?? [];
    const older = tokens.map((known) =>
      known.expiresAt > olderUntil ? { ...known, expiresAt: olderUntil } : known,
    );
    return {
      guard: { callbackTokenHash: { $size: tokens.length } },
      $set: tokenFields([...older, token]),
    };
  }

  /** False: the document has changed since room was made in it. */
  async function tryRecord(jobId: string, recorded: Delivery[]): Promise<boolean> {
    const state = await states.get(jobId);
    if (state === undefined) return true;
    const deliveries = await Promise.all(recorded.map((one) => texts.store(jobId, one)));
    const { logCount } = state.target.job;
    const isTight = needsRoom({ logCount, tailLength: state.tailLength }, { lines: [] });
    const room = isTight ? await makeRoom({ jobId, lines: [], deliveries }) : undefined;
    if (isTight && room === undefined) return true;
    const added = additionOf(deliveries, room);
    const update = { $set: added.$set, $inc: added.$inc, $push: added.$push };
    const committed = await commit({ filter: { _id: jobId, ...added.guard }, update, changeId: undefined });
    if (room !== undefined || committed === undefined) states.forget(jobId);
    else {
      const deliveryCount = state.deliveryCount + deliveries.length;
      states.keep({ ...state, deliveryCount, tailLength: state.tailLength + deliveries.length });
    }
    return room === undefined || committed !== undefined;
  }

  return {
    save: (change: JobChange) =>
      save(change).catch((error: unknown) => {
        states.forget(change.job.jobId);
        throw error;
      }),
    /** Records what changed nothing. */
    async record(jobId: string, deliveries: Delivery[]): Promise<void> {
      while (!(await tryRecord(jobId, deliveries))) states.forget(jobId);
    },
  };
}

function isExpected({ target: { job }, changeId }: JobState, change: JobChange): boolean {
  if (job.revision !== change.expectedRevision || job.userEmail !== change.job.userEmail) return false;
  return change.expectedChangeId === undefined || change.expectedChangeId === changeId;
}

/** How deliveries come into the document: behind those that are there, or in their place where these were put away. */
function additionOf(deliveries: Document[], room: Room | undefined) {
  const $inc = { deliveryCount: deliveries.length, deliveryPage: room?.pages ?? 0 };
  if (room === undefined || room.pages === 0)
    return { guard: {}, $set: {}, $inc, $push: { deliveries: { $each: deliveries } } };
  const { deliveryCount } = room;
  return { guard: { deliveryCount }, $set: { deliveries: room.deliveries }, $inc, $push: {} };
}

function requestOf({ event, request }: Delivery): AppliedRequest | undefined {
  if (request === undefined) return undefined;
  const { digest, idempotencyKey } = request;
  return { at: event.at, digest, ...defined({ idempotencyKey }) };
}
