import { readdirSync } from "node:fs";
import { expect, vi } from "vitest";
import { z } from "zod";
import { awaitStreams, readMetric } from "../e2e/support/read-metric.ts";
import type { RunningServer } from "../e2e/support/start-server.ts";

/** For the environment of a server whose resources are to be read. */
export const TELLS_RESOURCES = {
  NODE_OPTIONS: `--import=${new URL("tell-resources.mjs", import.meta.url).href}`,
};

const resourcesSchema = z.object({ heapMb: z.number(), active: z.record(z.string(), z.number()) });

/** What the server holds once it has noticed that everybody is gone, garbage collected. */
export async function readResources(server: RunningServer) {
  await awaitStreams(server.url, 0);
  return vi.waitFor(
    async () => {
      const told = server.stderr().split(/resources (?=.*\n)/).length;
      process.kill(server.pid(), "SIGUSR2");
      // With the line feed that ends it: it may come in parts.
      const toldNow = () => server.stderr().split(/resources (?=.*\n)/);
      await vi.waitUntil(() => toldNow().length > told, { timeout: 30_000 });
      const [line = ""] = toldNow().at(-1)?.split("\n") ?? [];
      const { heapMb, active } = resourcesSchema.parse(JSON.parse(line));
      const descriptors = readdirSync(`/proc/${server.pid()}/fd`).length;
      // The sockets of those who left, and of those who ask for the metrics, close a moment later.
      expect(active["TCPSocketWrap"] ?? 0).toBe(0);
      const subscribers = await readMetric(server.url, "jobmon_stream_subscribers");
      return { heapMb, active, descriptors, subscribers };
    },
    { timeout: 60_000, interval: 500 },
  );
}
