import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import type { FeedEvent } from "#app/server/live/feed-event.ts";
import { liveClock } from "#app/server/live/live-clock.server.ts";
import { createOpenJobStream } from "#app/server/live/open-job-stream.server.ts";
import { createStreamGauges } from "#app/server/live/stream-gauges.ts";
import { createUserFeeds } from "#app/server/live/user-feeds.server.ts";
import { formatCursor } from "#app/contract/cursor.ts";
import { createMongoRepository } from "#app/server/repository/job-repository.mongo.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { openTestDatabase } from "../support/test-database.ts";
import { ANNA, range, saved, stored } from "./stored-jobs.ts";

const WRITERS = 64;
const INSTANCES = 16;
const JOBS_EACH = 10;

const { client, db } = await openTestDatabase();

describe.skipIf(client === undefined || db === undefined)("with MongoDB", () => {
  if (client === undefined || db === undefined) return;

  it("with 64 writers changes appear behind newer ones: who reads on from its position loses them, who begins ten seconds before loses none", async () => {
    const instances = await Promise.all(range(0, INSTANCES).map(() => createMongoRepository({ db })));
    const reader = await createMongoRepository({ db });
    const written = new Set<string>();
    const [from, before] = [createReader(reader, 0n, 0), createReader(reader, reader.lateBy, 300)];
    while (missing(written, from.seen).length === 0) {
      const over = new AbortController();
      const reading = [from, before].map(async ({ look, pauseMs }) => {
        while (!over.signal.aborted) {
          await look();
          await pause(pauseMs);
        }
      });
      await Promise.all(
        range(0, WRITERS).map(async (n) => {
          for (let count = 0; count < JOBS_EACH; count++)
            written.add((await stored(instances[n % INSTANCES] ?? reader)).jobId);
        }),
      );
      over.abort();
      await Promise.all(reading);
      await Promise.all([from.look(), before.look()]);
    }
    expect(missing(written, before.seen)).toEqual([]);
    await Promise.all([...instances, reader].map((instance) => instance.close()));
  });

  it("a viewer that resumes is shown what appeared behind its position, which it is not without the overlap", async () => {
    const repository = await createMongoRepository({ db });
    const [slow, quick] = [await stored(repository), await stored(repository)];
    const session = client.startSession();
    session.startTransaction({ writeConcern: { w: "majority" } });
    const next = {
      $set: { revision: 1, progress: 7 },
      $currentDate: { seq: { $type: "timestamp" as const } },
    };
    await db.collection<{ _id: string }>("external_jobs").updateOne({ _id: slow.jobId }, next, { session });
    await saved(repository, quick);
    const cursor = formatCursor(await repository.head(ANNA));
    await session.commitTransaction();
    await session.endSession();

    const progressOf = (events: FeedEvent[]) =>
      events.flatMap((event) =>
        event.event === "job_update" && event.data.jobId === slow.jobId ? [event.data.progress] : [],
      );
    expect(progressOf(await resumed(repository, cursor))).toEqual([7]);
    expect(progressOf(await resumed({ ...repository, lateBy: 0n }, cursor))).toEqual([]);
    await repository.close();
  });
});

/** Reads on from so much before the newest position it has seen. */
function createReader(repository: JobRepository, overlap: bigint, pauseMs: number) {
  const seen = new Set<string>();
  let position = 0n;
  return {
    seen,
    pauseMs,
    async look(): Promise<void> {
      const begin = position > overlap ? position - overlap : 0n;
      for (const entry of await repository.changedAfter(ANNA, begin, 100_000)) {
        if ("job" in entry) seen.add(entry.job.jobId);
        if (entry.seq > position) position = entry.seq;
      }
    },
  };
}

function missing(written: Set<string>, seen: Set<string>): string[] {
  return [...written].filter((jobId) => !seen.has(jobId));
}

/** What a viewer is sent that comes from this position, up to its `ready`. */
async function resumed(repository: JobRepository, after: string): Promise<FeedEvent[]> {
  const events: FeedEvent[] = [];
  const gauges = createStreamGauges();
  const bus = createMemoryBus(() => {});
  const feeds = createUserFeeds({ repository, bus, clock: liveClock, gauges });
  const open = createOpenJobStream({ repository, feeds, gauges });
  const outlet = {
    send: (event: FeedEvent) => void events.push(event),
    hasRoom: () => Promise.resolve(),
    isFull: () => false,
    missed: () => {},
    fail: (error: unknown) => {
      throw error;
    },
  };
  const stream = open({ userEmail: ANNA, after, follow: undefined }, outlet);
  await stream.start();
  stream.close();
  feeds.close();
  return events;
}
