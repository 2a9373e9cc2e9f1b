import { Readable } from "node:stream";
import { EventSource, type FetchLike } from "eventsource";
import { isProcessId } from "#app/contract/process-id.ts";
import type { Job } from "#app/contract/job.ts";
import type { ParseCallback } from "#app/server/callback-body/callback-parser.server.ts";
import type { Log } from "#app/server/log.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import type { TakeReport } from "#app/server/callback/take-report.server.ts";
import { answerOf } from "./ask-secretary.server.ts";
import type { SecretaryAccess } from "./secretary-access.ts";
import type { SecretaryClient } from "./secretary-client.server.ts";

const EVENTS = ["pending", "progress", "completed", "error"] as const;
const MOST_FOLLOWED = 200;
const MAX_CHARS = 32 * 1024 * 1024;
/** Three heartbeats: a stream without one is dead, whatever its connection says. */
const STILL_MS = 45_000;
/** What a new stream is given for its first event, and a broken one before the next. */
const PATIENCE_MS = 10_000;

export type Follower = {
  /** Listens to a job that asks for it. False: nobody can at the moment, or has been heard for long enough: ask instead. */
  begin(job: Job): boolean;
  close(): Promise<void>;
};

type Followed = { since: number; source: EventSource; said: Promise<void> };

/**
 * Follows jobs whose worker cannot reach us on the Secretary's own stream, through its ends, restarts and silences. What is
 * heard goes the way of a callback. A job that is not heard is asked about like any other.
 */
export function createFollower(options: {
  client: Pick<SecretaryClient, "get">;
  repository: Pick<JobRepository, "findTarget">;
  parse: ParseCallback;
  takeReport: TakeReport;
  access: Omit<SecretaryAccess, "takes">;
  clock: () => number;
  log: Pick<Log, "error">;
}): Follower {
  const { client, repository, parse, takeReport, access, clock, log } = options;
  const followed = new Map<string, Followed>();
  const pausedUntil = new Map<string, number>();

  function end(jobId: string): void {
    followed.get(jobId)?.source.close();
    followed.delete(jobId);
  }

  function unreachable(error: unknown): never {
    access.failed();
    throw error;
  }

  const fetchBelow =
    (path: string): FetchLike =>
    async (_, { signal }) => {
      const accept = "text/event-stream";
      const response = await client.get(path, { signal, accept, silenceMs: STILL_MS }).catch(unreachable);
      const { status, body, header } = response;
      if (status === 401 || status === 403) access.refuse(status);
      if (status >= 500) access.failed();
      if (status === 200) access.succeeded();
      if (status !== 200) body.destroy();
      const headers = { get: (name: string) => header(name) ?? null };
      return {
        body: status === 200 ? Readable.toWeb(body) : null,
        url: "",
        status,
        redirected: false,
        headers,
      };
    };

  /** The job, while there is something more to hear. */
  async function openJob(jobId: string): Promise<Job | undefined> {
    const target = await repository.findTarget(jobId);
    return target?.isRemoved || target?.job.endedBy === "worker" ? undefined : target?.job;
  }

  /** False: there is nothing more to hear. */
  async function hear(jobId: string, event: string, data: string): Promise<boolean> {
    const job = await openJob(jobId);
    if (job === undefined) return false;
    const answer = answerOf({ event, data });
    if (answer.kind !== "word") return false;
    const parsed = await parse(answer.bytes, undefined);
    if (parsed.kind !== "parsed") return true;
    const { seq: _, ...report } = parsed.report;
    await takeReport(job, { ...parsed, report }, { source: "followed" });
    return report.outcome === undefined;
  }

  function inTurn(entry: Followed, jobId: string, work: () => Promise<boolean>): void {
    entry.said = entry.said
      .then(work)
      .then((goesOn) => {
        if (!goesOn) leave(jobId);
      })
      .catch((error: unknown) => log.error({ error, jobId }, "what the Secretary said was not taken"));
  }

  function listen(jobId: string, path: string): void {
    // The host is never asked for: the client knows its own.
    const source = new EventSource(new URL(path, "http://secretary.invalid"), {
      fetch: fetchBelow(path),
      maxBufferSize: MAX_CHARS,
    });
    const entry: Followed = { since: clock(), source, said: Promise.resolve() };
    followed.set(jobId, entry);
    let last = "";
    let isOpen = false;
    for (const name of EVENTS) {
      source.addEventListener(name, (message) => {
        // Every stream begins with the present state, also one that goes on; a lost connection is an `error` without data.
        const data: unknown = "data" in message ? message.data : undefined;
        if (typeof data !== "string" || data === last) return;
        last = data;
        inTurn(entry, jobId, () => hear(jobId, name, data));
      });
    }
    source.addEventListener("open", () => {
      isOpen = true;
      inTurn(entry, jobId, async () => (await openJob(jobId)) !== undefined);
    });
    source.addEventListener("error", (message) => {
      if ("data" in message) return;
      // One that has ended is opened again by itself; one that could not be opened is left to the questions, and their rate.
      if (!isOpen || source.readyState === EventSource.CLOSED) leave(jobId);
      isOpen = false;
    });
  }

  function leave(jobId: string): void {
    end(jobId);
    pausedUntil.set(jobId, clock() + PATIENCE_MS);
  }

  return {
    begin({ jobId, follow, processId }) {
      if (!follow || !isProcessId(processId)) return false;
      const known = followed.get(jobId);
      if (known !== undefined) return clock() - known.since < PATIENCE_MS;
      if (access.state() !== "ok") return false;
      if (followed.size >= MOST_FOLLOWED || clock() < (pausedUntil.get(jobId) ?? 0)) return false;
      pausedUntil.delete(jobId);
      listen(jobId, `/api/jobs/${processId}/stream`);
      return true;
    },
    async close() {
      const said = [...followed.values()].map((entry) => entry.said);
      for (const jobId of followed.keys()) end(jobId);
      await Promise.all(said);
    },
  };
}
