import { hasText, isWanted, type JobFilter } from "#app/client/job-filter.ts";
import { defined } from "#app/contract/defined.ts";
import type { JobDetail, JobPage } from "#app/contract/http.ts";
import { countByStatus, PAGE_SIZE, totalOf } from "#app/contract/job-status.ts";
import { summarize } from "#app/contract/job.ts";
import type { GalleryState } from "./gallery-states.ts";
import { type RecordedJob, recordJob } from "./record-job.ts";

/** A server made of recordings: what it lists, and its answers as a `fetch`, the real ones down to the wire. */
export type RecordedServer = {
  page(filter?: JobFilter, from?: number): JobPage;
  /** Of a job that there is. */
  detail(jobId: string | undefined): JobDetail;
  fetch: typeof fetch;
};

/** The server of a state, at the instant `now`. */
export function createRecordedServer(state: GalleryState, now: number): RecordedServer {
  const recorded = state.jobs.map((recording) => recordJob(recording, now));
  const jobs = recorded
    .map(({ job }) => summarize(job))
    .toSorted((one, other) => Date.parse(other.updatedAt) - Date.parse(one.updatedAt));

  function page(filter: JobFilter = {}, from = 0): JobPage {
    const wanted = jobs.filter((job) => isWanted(job, filter));
    const items = wanted.slice(from, from + PAGE_SIZE);
    const counts = countByStatus(jobs.filter((job) => hasText(job, filter)));
    counts.completed += state.older ?? 0;
    const total = totalOf(counts, filter.status);
    const nextCursor = total > from + items.length && items.length > 0 ? String(from + PAGE_SIZE) : null;
    return { items, page: 1, limit: PAGE_SIZE, total, counts, nextCursor, head: "gallery.1" };
  }

  return {
    page,
    detail(jobId) {
      const found = recorded.find(({ job }) => job.jobId === jobId);
      if (found === undefined) throw new Error(`no job ${jobId} is recorded`);
      return detailOf(found, new URLSearchParams());
    },
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input, "http://gallery");
      const [, , , , name, action] = url.pathname.split("/");
      const found = recorded.find(({ job }) => job.jobId === name);
      if (name === "stream")
        return answer(state.stream, () => openStream(state.stream === "lagging", init?.signal));
      if (name === "jobs")
        return Response.json(page(readFilter(url), Number(url.searchParams.get("cursor") ?? 0)));
      if (found === undefined) return failure(404, "not_found", "there is no such job");
      const { status, revision } = found.job;
      if (action === "cancel") return Response.json({ status, revision, cancelRequested: true });
      return answer(state.detail, () => Response.json(detailOf(found, url.searchParams)));
    },
  };
}

function answer(how: GalleryState["detail" | "stream"], make: () => Response): Promise<Response> | Response {
  switch (how) {
    case "never":
      return new Promise<Response>(() => {});
    case "unreachable":
      throw new TypeError("Failed to fetch");
    case "unavailable":
      return failure(503, "unavailable", "the repository is not available");
    default:
      return make();
  }
}

/** The last lines, or those before one, as the server would send them. */
function detailOf({ job, logs, result, deliveries }: RecordedJob, query: URLSearchParams): JobDetail {
  const logsTo = Math.min(Number(query.get("before") ?? logs.length), logs.length);
  const logsFrom = Math.max(0, logsTo - Number(query.get("limit") ?? 50));
  const { error, processId, correlation, logCount, phases, artifacts = [] } = job;
  const address = `/api/external/jobs/${job.jobId}`;
  return {
    ...summarize(job),
    logs: logs.slice(logsFrom, logsTo),
    logsFrom,
    logCount,
    artifacts: artifacts.map((artifact) => ({ ...artifact, url: `${address}/artifacts/${artifact.name}` })),
    ...defined({
      error,
      phases,
      processId,
      correlation,
      result,
      resultFile: job.result && { size: job.result.size, url: `${address}/result` },
      deliveries: query.has("deliveries") ? deliveries : undefined,
    }),
  };
}

function readFilter({ searchParams }: URL): JobFilter {
  const status = searchParams.get("status")?.split(",");
  const q = searchParams.get("q");
  return { ...(status && { status: status as JobFilter["status"] }), ...(q && { q }) };
}

/** A stream that says `ready`, where it lags that too, and stays open. */
function openStream(isLagging: boolean, signal: AbortSignal | null | undefined): Response {
  const said = ['event: ready\ndata: {"head":"gallery.1"}\n\n'];
  if (isLagging) said.push('event: heartbeat\ndata: {"head":"gallery.1","degraded":true}\n\n');
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(said.join("")));
      signal?.addEventListener("abort", () => controller.close());
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

function failure(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status });
}
