import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { type RunningServer, startServer } from "../e2e/support/start-server.ts";
import { between, randomOf, seed } from "./seed.ts";

const TELL_RESOURCES = new URL("tell-resources.mjs", import.meta.url).href;
const CONNECTS = 20_000;
const AT_ONCE = 200;
/** Less than half a kilobyte a connection: a closure, a timer or a listener that stayed of each would be more. */
const MOST_GROWTH_MB = 8;

const resourcesSchema = z.object({ heapMb: z.number(), active: z.record(z.string(), z.number()) });
const random = randomOf(seed);

it("after 20,000 connects and disconnects the server holds what it held before", async () => {
  await using server = await startServer({
    env: { STREAMS_PER_USER: "1000", NODE_OPTIONS: `--import=${TELL_RESOURCES}` },
  });
  await comeAndGo(server, 2_000);
  const before = await holds(server);
  await comeAndGo(server, CONNECTS);
  const after = await holds(server);
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

/** What the server holds once it has noticed that everybody is gone, garbage collected. */
async function holds(server: RunningServer) {
  await vi.waitUntil(async () => (await openStreams(server)) === 0, { timeout: 20_000, interval: 100 });
  return vi.waitFor(
    async () => {
      const told = server.stderr().split("resources ").length;
      process.kill(server.pid(), "SIGUSR2");
      await vi.waitUntil(() => server.stderr().split("resources ").length > told, { timeout: 5_000 });
      const [line = ""] = server.stderr().split("resources ").at(-1)?.split("\n") ?? [];
      const { heapMb, active } = resourcesSchema.parse(JSON.parse(line));
      const descriptors = readdirSync(`/proc/${server.pid()}/fd`).length;
      // The sockets of those who left, and of those who ask for the metrics, close a moment later.
      expect(active["TCPSocketWrap"] ?? 0).toBe(0);
      return { heapMb, active, descriptors, subscribers: await metric(server, "jobmon_stream_subscribers") };
    },
    { timeout: 30_000, interval: 500 },
  );
}

async function metric(server: RunningServer, name: string): Promise<number> {
  const answer = await fetch(`${server.url}/metrics`, { headers: { Connection: "close" } });
  const value = new RegExp(`^${name} (\\d+)$`, "m").exec(await answer.text())?.[1];
  if (value === undefined) throw new Error(`no metric ${name}`);
  return Number(value);
}

const openStreams = (server: RunningServer): Promise<number> => metric(server, "jobmon_streams_open");
