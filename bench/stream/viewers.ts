import { setTimeout as wait } from "node:timers/promises";
import { userOf } from "./example-job.ts";
import { openViewer, type Seen, type Viewer } from "./viewer.ts";

const AT_ONCE = 200;
const GIVES_UP_MS = 60_000;
const LOOK_EVERY_MS = 0.5;

export type Viewers = {
  all: readonly Viewer[];
  seen: Seen;
  /** Resolves when they have received so many since they were opened; rejects, as void, when that takes a minute. */
  receive(total: number): Promise<void>;
  close(): Promise<void>;
};

/** So many streams, spread over the users; resolves when all are live. */
export async function openViewers(options: {
  url: string;
  count: number;
  users: number;
  firstUser?: number;
  query?: (index: number) => string;
  /** Every how-manyth viewer measures delays. */
  sampleEvery?: number;
  onText?: (text: string, index: number) => void;
}): Promise<Viewers> {
  const { url, count, users, firstUser = 0, sampleEvery = Infinity, query = () => "", onText } = options;
  const seen: Seen = { received: 0, delays: [], fault: undefined };
  const all: Viewer[] = [];

  function open(index: number): Promise<void> {
    const viewer = openViewer(
      {
        url,
        user: userOf(firstUser + (index % (users - firstUser))),
        query: query(index),
        isMeasuring: sampleEvery !== Infinity && index % sampleEvery === 0,
        onText: onText && ((text) => onText(text, index)),
      },
      seen,
    );
    all.push(viewer);
    return viewer.live;
  }

  for (let index = 0; index < count; index += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - index) }, (_, n) => open(index + n)));

  return {
    all,
    seen,
    async receive(total) {
      const startedAt = performance.now();
      while (seen.received < total && seen.fault === undefined) {
        if (performance.now() - startedAt > GIVES_UP_MS)
          throw new Error(`void: ${seen.received} of ${total} events came`);
        await wait(LOOK_EVERY_MS);
      }
      if (seen.fault !== undefined) throw seen.fault;
    },
    async close() {
      const closing = all.map(
        ({ socket }) => new Promise<void>((resolve) => void socket.once("close", () => resolve()).destroy()),
      );
      await Promise.all(closing);
    },
  };
}
