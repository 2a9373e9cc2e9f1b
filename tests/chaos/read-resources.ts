import { readdirSync } from "node:fs";
import { expect, vi } from "vitest";
import { z } from "zod";
import type { RunningServer } from "../e2e/support/start-server.ts";

/** For the environment of a server whose resources are to be read. */
export const TELLS_RESOURCES = {
  NODE_OPTIONS: `--import=${new URL("tell-resources.mjs", import.meta.url).href}`,
};

const resourcesSchema = z.object({ heapMb: z.number(), active: z.record(z.string(), z.number()) });

/** What the server holds once it has noticed that everybody is gone, garbage collected. */
export async function readResources(server: RunningServer) {
  await vi.waitUntil(async () => (await readMetric(server, "jobmon_streams_open")) === 0, {
    timeout: 20_000,
    interval: 100,
  });
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
      const subscribers = await readMetric(server, "jobmon_stream_subscribers");
      return { heapMb, active, descriptors, subscribers };
    },
    { timeout: 30_000, interval: 500 },
  );
}

async function readMetric(server: RunningServer, name: string): Promise<number> {
  const answer = await fetch(`${server.url}/metrics`, { headers: { Connection: "close" } });
  const value = new RegExp(`^${name} (\\d+)$`, "m").exec(await answer.text())?.[1];
  if (value === undefined) throw new Error(`no metric ${name}`);
  return Number(value);
}
