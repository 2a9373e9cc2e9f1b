/** What the live part counts about itself, for `GET /metrics`. */
export type StreamGauges = {
  /** Since the start of the process. */
  replays: number;
  resets: number;
  merged: number;
  closedAsSlow: number;
  refused: number;
};

export function createStreamGauges(): StreamGauges {
  return { replays: 0, resets: 0, merged: 0, closedAsSlow: 0, refused: 0 };
}
