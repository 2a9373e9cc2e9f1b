import type { CancelAnswer, FetchAnswer, JobDetail, JobPage, ListQuery, Me } from "#app/contract/http.ts";
import type { JobResult, JobSummary } from "#app/contract/job.ts";
import type { Delivery } from "#app/contract/job-event.ts";

const DELIVERIES_SHOWN = 50;

type Decoder<Read> = {
  safeParse(json: unknown): { success: true; data: Read } | { success: false; error: Error };
};

/** Not among the others: the terminal shows it before anything else is loaded. */
const pageDecoder = async () => (await import("#app/contract/job-page.ts")).jobPageSchema;
const decoders = () => import("./decoders.ts");

/** As much of an answer as is read of it. */
export type Answer = Pick<Response, "ok" | "status" | "statusText" | "json"> & {
  headers: Pick<Headers, "get">;
};

/** As much of `fetch` as is needed; `fetch` itself will do. */
export type Ask = (
  url: string,
  init: { method?: string; headers: Record<string, string>; keepalive?: boolean },
) => Promise<Answer>;

/**
 * An answer that is not 2xx, in the server's own words; `status` 0 means that nobody answered, code
 * `unexpected_answer` that something did that is no jobmon.
 */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  /** The id of the request in the server's log, where the answer names one. */
  readonly requestId: string | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    options: ErrorOptions & { requestId?: string | undefined } = {},
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.requestId = options.requestId;
  }
}

export type JobsApi = {
  /** One page of the user's jobs, newest first. */
  list(query?: Partial<ListQuery>): Promise<JobPage>;
  /** One job as a list shows it. */
  summary(jobId: string): Promise<JobSummary>;
  /** One job with its last `limit` log lines (default 50, at most 500). */
  detail(jobId: string, limit?: number): Promise<JobDetail>;
  /** The same with the last `limit` lines before the one with index `before`. */
  detailBefore(jobId: string, before: number, limit: number): Promise<JobDetail>;
  /** What reached a job, the newest first, at most 50. */
  deliveries(jobId: string): Promise<readonly Delivery[]>;
  /** The whole result of a job, however large. */
  result(jobId: string): Promise<JobResult>;
  /** Asks a job to stop; 409 where it has ended. */
  cancel(jobId: string): Promise<CancelAnswer>;
  /** Has the missing files of a job fetched once more; 409 where nothing is missing. */
  fetchAgain(jobId: string): Promise<FetchAnswer>;
  /** Removes a job that has ended; 409 where it has not. `keepalive`: also while the page goes away. */
  remove(jobId: string, options?: { keepalive?: boolean }): Promise<void>;
  /** Who the server takes us for. */
  me(): Promise<Me>;
  /** The stream's address; with `job` that of one job and its log lines from index `logFrom` on. */
  streamUrl(follow?: { job: string; logFrom: number }): string;
};

/** The owner's side of the HTTP contract, for browser and terminal. Every method rejects with ApiError. */
export function createJobsApi(options: { baseUrl: string; fetch?: Ask }): JobsApi {
  const external = `${options.baseUrl.replace(/\/$/, "")}/api/external`;
  const root = `${external}/jobs`;

  const jobUrl = (jobId: string): string => `${root}/${encodeURIComponent(jobId)}`;

  async function ask(url: string, init: Omit<Parameters<Ask>[1], "headers"> = {}): Promise<Answer> {
    let response: Answer;
    try {
      response = await (options.fetch ?? fetch)(url, { ...init, headers: { Accept: "application/json" } });
    } catch (cause) {
      throw new ApiError(0, "unreachable", `no answer from ${options.baseUrl}`, { cause });
    }
    if (response.ok) return response;
    const body: unknown = await response.json().catch(() => undefined);
    const { errorBodySchema } = await loaded(decoders);
    const { error } = errorBodySchema.safeParse(body).data ?? {};
    throw new ApiError(response.status, error?.code ?? "http_error", error?.message ?? response.statusText, {
      requestId: requestIdOf(response),
    });
  }

  async function read<Read>(
    url: string,
    decoder: () => Promise<Decoder<Read>>,
    init?: { method: string },
  ): Promise<Read> {
    const response = await ask(url, init);
    const schema = await loaded(decoder);
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (parsed.success) return parsed.data;
    const message = `${options.baseUrl} answered in a form that is not jobmon's`;
    throw new ApiError(response.status, "unexpected_answer", message, {
      cause: parsed.error,
      requestId: requestIdOf(response),
    });
  }

  /** What decodes comes from the same server, so that it is the one that does not answer where it does not come. */
  function loaded<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
    return load().catch((cause: unknown) => {
      throw new ApiError(0, "unreachable", `no answer from ${options.baseUrl}`, { cause });
    });
  }

  return {
    list: (query = {}) => read(`${root}${queryString(query)}`, pageDecoder),
    summary: (jobId) =>
      read(jobUrl(jobId) + queryString({ limit: 1 }), async () => (await decoders()).jobSummarySchema),
    detail: (jobId, limit = 50) =>
      read(jobUrl(jobId) + queryString({ limit }), async () => (await decoders()).jobDetailSchema),
    detailBefore: (jobId, before, limit) =>
      read(jobUrl(jobId) + queryString({ limit, before }), async () => (await decoders()).jobDetailSchema),
    async deliveries(jobId) {
      const query = queryString({ limit: 1, deliveries: DELIVERIES_SHOWN });
      return (
        (await read(jobUrl(jobId) + query, async () => (await decoders()).jobDetailSchema)).deliveries ?? []
      );
    },
    result: (jobId) => read(`${jobUrl(jobId)}/result`, async () => (await decoders()).jobResultSchema),
    cancel: (jobId) =>
      read(`${jobUrl(jobId)}/cancel`, async () => (await decoders()).cancelAnswerSchema, { method: "POST" }),
    fetchAgain: (jobId) =>
      read(`${jobUrl(jobId)}/artifacts`, async () => (await decoders()).fetchAnswerSchema, {
        method: "POST",
      }),
    async remove(jobId, { keepalive = false } = {}) {
      await ask(jobUrl(jobId), { method: "DELETE", keepalive });
    },
    me: () => read(`${external}/me`, async () => (await decoders()).meSchema),
    streamUrl: (follow) => `${root}/stream${queryString(follow ?? {})}`,
  };
}

function requestIdOf({ headers }: Answer): string | undefined {
  return headers.get("X-Request-Id") ?? undefined;
}

function queryString(query: Record<string, string | number | readonly string[] | undefined>): string {
  const known = Object.entries(query).filter(([, value]) => value !== undefined);
  return known.length === 0
    ? ""
    : `?${new URLSearchParams(known.map(([key, value]) => [key, String(value)]))}`;
}
