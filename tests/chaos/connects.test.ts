import { connect } from "node:net";
import { expect, it } from "vitest";
import { type RunningServer, startServer } from "../e2e/support/start-server.ts";
import { readResources, TELLS_RESOURCES } from "./read-resources.ts";
import { between, randomOf, seed } from "./seed.ts";

const CONNECTS = 20_000;
const AT_ONCE = 200;
/** Less than half a kilobyte a connection: a closure, a timer or a listener that stayed of each would be more. */
const MOST_GROWTH_MB = 8;

const random = randomOf(seed);

it("after 20,000 connects and disconnects the server holds what it held before", async () => {
  await using server = await startServer({
    env: { STREAMS_PER_USER: "1000", ...TELLS_RESOURCES },
  });
  await comeAndGo(server, 2_000);
  const before = await readResources(server);
  await comeAndGo(server, CONNECTS);
  const after = await readResources(server);
  console.log(`heap ${before.heapMb.toFixed(1)} MB before, ${after.heapMb.toFixed(1)} MB after`);
  expect({ ...after, heapMb: 0 }).toEqual({ ...before, heapMb: 0 });
  expect(after.heapMb - before.heapMb).toBeLessThan(MOST_GROWTH_MB);
  expect(server.stderr()).not.toMatch(/MaxListenersExceededWarning|uncaught/i);
});

/** Streams, so many at once: half of them leave once they are live, the others at some point before. */
async function comeAndGo(server: RunningServer, count: number): Promise<void> {
  for (let left = count; left > 0; left -= AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => comeAndGoOnce(server)));
}

function comeAndGoOnce(server: RunningServer): Promise<void> {
  const leavesAfter = between(random, 0, 1) === 0 ? Infinity : between(random, 0, 400);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    let text = "";
    socket
      .setEncoding("latin1")
      .on("error", reject)
      .on("close", () => resolve());
    socket.write("GET /api/external/jobs/stream HTTP/1.1\r\nHost: localhost\r\n\r\n", () => {
      if (leavesAfter === 0) socket.destroy();
    });
    socket.on("data", (part: string) => {
      text += part;
      if (text.length >= leavesAfter || text.includes("event: ready")) socket.destroy();
    });
  });
}
