import { decodeStreamEvent, type StreamEvent } from "#app/contract/stream.ts";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import { createOpenJobStream, type JobStreamRequest } from "#app/server/live/open-job-stream.server.ts";
import { createOutbox } from "#app/server/live/outbox.ts";
import { createStreamGauges } from "#app/server/live/stream-gauges.ts";
import { createUserFeeds } from "#app/server/live/user-feeds.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { ANNA } from "../contracts/stored-jobs.ts";
import { createManualClock } from "./manual-clock.ts";

/**
 * One viewer of the feed, Anna unless told, who takes everything at once. `atEveryStep` happens before and after
 * everything its stream asks the repository, and whenever it waits for room.
 */
export function watchFeed(
  options: {
    repository: JobRepository;
    bus: JobBus;
    rowsAtOnce?: number;
    atEveryStep?: () => Promise<void>;
  } & Partial<JobStreamRequest>,
) {
  const { repository, bus, rowsAtOnce = 200, atEveryStep, ...request } = options;
  const events: StreamEvent[] = [];
  const watched = atEveryStep === undefined ? repository : withSteps(repository, atEveryStep);
  const gauges = createStreamGauges();
  const feeds = createUserFeeds({ repository: watched, bus, clock: createManualClock(), gauges, rowsAtOnce });
  const open = createOpenJobStream({ repository: watched, feeds, gauges });
  const outbox = createOutbox({ paceMs: 0, roomBytes: Infinity, onMerged: () => {} });
  const stream = open(
    { userEmail: ANNA, after: undefined, follow: undefined, ...request },
    {
      send(event) {
        outbox.put(event);
        events.push(...decoded(outbox.take(0)));
      },
      hasRoom: () => atEveryStep?.() ?? Promise.resolve(),
      isFull: () => false,
      missed(jobs) {
        throw new Error(`the viewer has missed ${jobs} jobs`);
      },
      fail(error) {
        throw error;
      },
    },
  );
  const updates = () => events.flatMap(({ event, data }) => (event === "job_update" ? [data] : []));
  return {
    stream,
    events,
    /** A comparison with the repository, and a heartbeat after it. */
    async beat() {
      await feeds.compare(request.userEmail ?? ANNA);
      stream.heartbeat();
    },
    updates,
    names: () => events.map(({ event }) => event),
    lines: () => events.flatMap(({ event, data }) => (event === "job_log" ? [data.index] : [])),
    lastId: () => events.findLast(({ id }) => id !== undefined)?.id,
    /** The newest revision of every job it was told of. */
    newest(): Record<string, number> {
      const known: Record<string, number> = {};
      for (const { jobId, revision } of updates()) known[jobId] = Math.max(known[jobId] ?? 0, revision);
      return known;
    },
  };
}

function decoded(text: string): StreamEvent[] {
  return text
    .split("\n\n")
    .filter((block) => block !== "")
    .map((block) => {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
      const event = decodeStreamEvent(fields.event, fields.data, fields.id ?? "");
      if (event === undefined) throw new Error(`no event of ours: ${block}`);
      return event;
    });
}

function withSteps(real: JobRepository, atEveryStep: () => Promise<void>): JobRepository {
  return new Proxy(real, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return async (...parameters: unknown[]) => {
        await atEveryStep();
        const answer: unknown = await Reflect.apply(method, target, parameters);
        await atEveryStep();
        return answer;
      };
    },
  });
}
