import { connect, type Socket } from "node:net";
import { applyUpdate } from "#app/client/apply-update.ts";
import { connectJobStream } from "#app/client/connect-job-stream.ts";
import { createJobFeed } from "#app/client/job-feed.ts";
import { createJobsApi } from "#app/client/jobs-api.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { decodeStreamEvent, type StreamEvent } from "#app/contract/stream.ts";
import type { Seen, ViewerHistory } from "./history.ts";
import type { Random } from "./seed.ts";

export type ChaosViewer = { history(): ViewerHistory; stall(): void; resume(): void; close(): void };

/** Panel and terminal as they are: the product's own client, list and fold, only less patient. */
export async function watchAsClient(name: string, url: string, random: Random): Promise<ChaosViewer> {
  const api = createJobsApi({ baseUrl: url });
  const seen: Seen[] = [];
  let connection = 0;
  const feed = createJobFeed({
    firstPage: await api.list({ limit: 50 }),
    api: { ...api, list: (query) => api.list({ limit: 50, ...query }) },
    connect: (options) => connectJobStream({ ...options, silenceMs: 3_000 }),
    fetch: (...request) => {
      connection += 1;
      return fetch(...request);
    },
    random: () => random() / 20,
    onEvent: (event) => void seen.push(seenOf(connection, event)),
  });
  return {
    history: () => ({ name, seen, shows: new Map(feed.state().jobs.map((job) => [job.jobId, job])) }),
    stall() {},
    resume() {},
    close: feed.close,
  };
}

/** Any other client: a socket that begins at a cursor, comes back with the last id it saw, and may stop reading. */
export function watchBySocket(name: string, url: string, after: string): ChaosViewer {
  const { hostname, port } = new URL(url);
  const seen: Seen[] = [];
  let jobs: readonly JobSummary[] = [];
  let [connection, cursor, isClosed, isStalled] = [0, after, false, false];
  let socket: Socket;

  function open(): void {
    connection += 1;
    let text = "";
    socket = connect({ host: hostname, port: Number(port) });
    socket.setEncoding("utf8").on("error", () => {});
    // HTTP/1.0: a body without chunks, so that what comes after the head is the stream itself.
    socket.write(`GET /api/external/jobs/stream?after=${cursor} HTTP/1.0\r\nHost: localhost\r\n\r\n`);
    socket.on("data", (part: string) => {
      const blocks = (text + part).split("\n\n");
      text = blocks.pop() ?? "";
      blocks.forEach(take);
    });
    socket.on("close", () => void (isClosed || setTimeout(() => isClosed || open(), 20)));
    if (isStalled) socket.pause();
  }

  function take(block: string): void {
    const [, event] = /^event: (\w+)$/m.exec(block) ?? [];
    const [, data] = /^data: (.*)$/m.exec(block) ?? [];
    if (event === undefined || data === undefined) return;
    const [, id = ""] = /^id: (.*)$/m.exec(block) ?? [];
    const decoded = decodeStreamEvent(event, data, id);
    if (decoded === undefined) return;
    if (id !== "") cursor = id;
    const one = seenOf(connection, decoded);
    seen.push(one);
    if (one.job !== undefined) jobs = applyUpdate(jobs, one.job);
  }

  open();
  return {
    history: () => ({ name, seen, shows: new Map(jobs.map((job) => [job.jobId, job])) }),
    stall() {
      isStalled = true;
      socket.pause();
    },
    resume() {
      isStalled = false;
      socket.resume();
    },
    close() {
      isClosed = true;
      socket.destroy();
    },
  };
}

function seenOf(connection: number, event: StreamEvent): Seen {
  if (event.event !== "job_update") return { connection, id: event.id };
  const { type: _, ...job } = event.data;
  return { connection, id: event.id, job };
}
