import { createJobStreams, type JobStreams } from "#app/server/live/job-streams.server.ts";
import { liveClock } from "#app/server/live/live-clock.server.ts";
import { createOpenJobStream } from "#app/server/live/open-job-stream.server.ts";
import { createOpenStream, type OpenStream } from "#app/server/live/open-stream.server.ts";
import { createSharedStreamCaps } from "#app/server/live/shared-stream-caps.redis.server.ts";
import { createStreamGauges, type StreamGauges } from "#app/server/live/stream-gauges.ts";
import { STREAM_LIMITS } from "#app/server/live/stream-limits.ts";
import { createUserFeeds } from "#app/server/live/user-feeds.server.ts";
import type { Ground } from "./open-ground.server.ts";

/** The way of the jobs to their viewers. */
export type Live = {
  streams: JobStreams;
  openStream: OpenStream;
  gauges: StreamGauges;
  /** Ends every stream. */
  close(): void;
};

export function createLive({ env, log, clock, repository, bus, redis, metrics }: Ground): Live {
  const gauges = createStreamGauges();
  const feeds = createUserFeeds({ repository, bus, clock: liveClock, gauges });
  const { STREAMS_PER_USER: streamsPerUser, STREAMS_PER_PROCESS: streamsPerProcess } = env;
  const streams = createJobStreams({
    open: metrics.timedStarts(createOpenJobStream({ repository, feeds, gauges })),
    limits: {
      ...STREAM_LIMITS,
      heartbeatMs: env.HEARTBEAT_SECONDS * 1000,
      streamsPerUser,
      streamsPerProcess,
    },
    clock: liveClock,
    gauges,
    onError: (error) => log.error({ error }, "a stream was closed: the repository failed"),
  });
  const caps = redis && createSharedStreamCaps({ redis, streamsPerUser, clock: liveClock, now: clock });
  return {
    streams,
    openStream: createOpenStream({ streams, caps }),
    gauges,
    close() {
      streams.closeAll();
      caps?.close();
      feeds.close();
    },
  };
}
