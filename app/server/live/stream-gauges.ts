/** What the live part counts about itself, for `GET /metrics`. */
export type StreamGauges = {
  /** Users whose messages this process takes from the bus now. */
  subscribers: number;
  /** Since the start of the process. */
  replays: number;
  resets: number;
  merged: number;
  closedAsSlow: number;
  refused: number;
};

export function createStreamGauges(): StreamGauges {
  return { subscribers: 0, replays: 0, resets: 0, merged: 0, closedAsSlow: 0, refused: 0 };
}
