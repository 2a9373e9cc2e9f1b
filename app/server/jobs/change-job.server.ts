import { randomUUID } from "node:crypto";
import { defined } from "#app/contract/defined.ts";
import type { Job } from "#app/contract/job.ts";
import type { Delivery, IgnoredReason, JobEvent } from "#app/contract/job-event.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";
import type { Reduction } from "#app/domain/reduction.ts";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import type { CallbackTarget, JobRepository, TokenRotation } from "#app/server/repository/job-repository.ts";

/** A body that is the same as one applied less than this ago is a duplicate (design: state rules, 4). */
const DUPLICATE_WITHIN_MS = 10_000;
const MAX_CONFLICTS = 50;

/** The bytes that carried an event, where it came as a callback. */
export type CallbackRequest = NonNullable<Delivery["request"]>;

/** What an event did. `job` is the state it left, or found where it changed nothing. */
export type JobChanged =
  | { job: Job; applied: true }
  /** `unauthorized`: whoever sent the event may no longer do so; nothing is recorded of it. */
  | { job: Job; applied: false; reason: IgnoredReason | "unauthorized" };

/** What an event does besides, or needs. */
export type ChangeOptions = {
  rotation?: TokenRotation;
  /** Whether the sender may still change the job, asked of the very state that the event is applied to. */
  mayChange?: (target: CallbackTarget) => boolean;
};

/** Undefined means that there is no such job (any more). Everything else is durable. */
export type ChangeJob = (
  jobId: string,
  event: JobEvent,
  request?: CallbackRequest,
  options?: ChangeOptions,
) => Promise<JobChanged | undefined>;

/** The writes of one job that are under way: the state after the last of them, when that is over, and the callbacks among them. */
type Chain = {
  settled: Promise<unknown>;
  job: Job;
  changeId: string;
  open: number;
  recent: { at: number; request: CallbackRequest }[];
  isBroken: boolean;
  /** New tokens are being written: who may report after that is known when it is over. */
  isRotating: boolean;
};

/**
 * Applies an event to a job: load → reduce → save with the expected revision → publish. Concurrent changes of one job
 * build on each other before they are durable, so that they share one commit; whoever finds another revision stored,
 * or another change under its own, reads and reduces again.
 */
export function createChangeJob(options: { repository: JobRepository; bus: JobBus }): ChangeJob {
  const { repository, bus } = options;
  const chains = new Map<string, Chain>();

  async function load(jobId: string): Promise<CallbackTarget | undefined> {
    const target = await repository.findTarget(jobId);
    return target?.isRemoved ? undefined : target;
  }

  async function isRepeated(jobId: string, event: JobEvent, request?: CallbackRequest): Promise<boolean> {
    if (request === undefined) return false;
    const { digest, idempotencyKey } = request;
    const since = new Date(Date.parse(event.at) - DUPLICATE_WITHIN_MS).toISOString();
    return repository.hasDelivery(jobId, { digest, since, ...defined({ idempotencyKey }) });
  }

  async function attempt(
    jobId: string,
    event: JobEvent,
    request?: CallbackRequest,
    { rotation, mayChange = () => true }: ChangeOptions = {},
  ): Promise<JobChanged | "conflict" | undefined> {
    // A duplicate may be one of a newer state than is known here: what is known of the job is asked for after that.
    const [wasRepeated, stored] = [await isRepeated(jobId, event, request), await load(jobId)];
    // From here to the save nothing waits: no other change can come in between.
    const running = chains.get(jobId);
    if (stored === undefined) return undefined;
    const job = running?.job ?? stored.job;
    if (!mayChange(stored)) return { job, applied: false, reason: "unauthorized" };
    if (running?.isRotating && request !== undefined) {
      await running.settled;
      return "conflict";
    }
    const isDuplicate = wasRepeated || (running !== undefined && isRecent(running, event, request));
    const reduction: Reduction = isDuplicate
      ? { applied: false, reason: "duplicate" }
      : reduceJob(job, event);
    const delivery = { event, applied: reduction.applied, ...defined({ request }) };
    if (!reduction.applied) {
      // What it was decided on has to be durable, or the record would tell of a state that never was.
      await running?.settled;
      if (running?.isBroken) return "conflict";
      const { reason } = reduction;
      await repository.recordDelivery(jobId, { ...delivery, reason });
      return { job, applied: false, reason };
    }
    const chain = running ?? {
      job,
      changeId: "",
      open: 0,
      recent: [],
      isBroken: false,
      isRotating: false,
      settled: Promise.resolve(),
    };
    if (rotation !== undefined) chain.isRotating = true;
    const guard = { expectedRevision: job.revision, ...defined({ expectedChangeId: running?.changeId }) };
    const changeId = randomUUID();
    chains.set(jobId, chain);
    extend(chain, { job: reduction.job, changeId }, event, request);
    try {
      const change = { ...reduction, ...guard, changeId, delivery, ...defined({ rotation }) };
      const saving = repository.save(change);
      chain.settled = saving.catch(() => {});
      const saved = await saving;
      if (saved === "conflict") return breakUp(jobId, chain);
      const { logs } = reduction;
      const { seq } = saved;
      if (seq !== undefined) bus.publish({ userEmail: job.userEmail, seq, job: reduction.job, logs });
      return { job: reduction.job, applied: true };
    } catch (error) {
      breakUp(jobId, chain);
      throw error;
    } finally {
      chain.open -= 1;
      if (chain.open === 0 && chains.get(jobId) === chain) chains.delete(jobId);
    }
  }

  /** What was built on a write that failed fails too; whoever comes next begins from the repository. */
  function breakUp(jobId: string, chain: Chain): "conflict" {
    chain.isBroken = true;
    if (chains.get(jobId) === chain) chains.delete(jobId);
    return "conflict";
  }

  return async (jobId, event, request, needs) => {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const changed = await attempt(jobId, event, request, needs);
      if (changed !== "conflict") return changed;
    }
    throw new Error(`job ${jobId}: ${MAX_CONFLICTS} conflicts in a row for one ${event.type}`);
  };
}

function extend(
  chain: Chain,
  last: Pick<Chain, "job" | "changeId">,
  event: JobEvent,
  request: CallbackRequest | undefined,
): void {
  Object.assign(chain, last);
  chain.open += 1;
  if (request === undefined) return;
  const at = Date.parse(event.at);
  chain.recent = [...chain.recent.filter((recent) => recent.at > at - DUPLICATE_WITHIN_MS), { at, request }];
}

function isRecent({ recent }: Chain, event: JobEvent, request: CallbackRequest | undefined): boolean {
  const since = Date.parse(event.at) - DUPLICATE_WITHIN_MS;
  return recent.some(({ at, request: { digest, idempotencyKey } }) => {
    if (idempotencyKey !== undefined && idempotencyKey === request?.idempotencyKey) return true;
    return at >= since && digest === request?.digest;
  });
}
