/** Everything about the live part that is a number. Milliseconds, bytes of data, counts. */
export type StreamLimits = {
  heartbeatMs: number;
  /** How long a stream lives at most; the least is four fifths of it. */
  lifetimeMs: number;
  streamsPerUser: number;
  streamsPerProcess: number;
  /** At most one frame of progress per job and this long. */
  paceMs: number;
  /** Above this much waiting, only the newest state of each job is kept. */
  roomBytes: number;
  /** More events waiting than this, or none taken for so long, and the stream is closed; its viewer resumes. */
  largestBacklog: number;
  stallMs: number;
};

export const STREAM_LIMITS: StreamLimits = {
  heartbeatMs: 15_000,
  lifetimeMs: 10 * 60_000,
  streamsPerUser: 8,
  streamsPerProcess: 5_000,
  paceMs: 100,
  roomBytes: 64 * 1024,
  largestBacklog: 1_000,
  stallMs: 10_000,
};
