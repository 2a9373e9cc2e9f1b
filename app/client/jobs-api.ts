import type { z } from "zod";
import {
  errorBodySchema,
  type JobDetail,
  jobDetailSchema,
  type JobPage,
  jobPageSchema,
  type ListQuery,
} from "#app/contract/http.ts";

/**
 * An answer that is not 2xx, in the server's own words; `status` 0 means that nobody answered, code
 * `unexpected_answer` that something did that is no jobmon.
 */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

export type JobsApi = {
  /** One page of the user's jobs, newest first. */
  list(query?: Partial<ListQuery>): Promise<JobPage>;
  /** One job with its last `limit` log lines (default 50, at most 500). */
  detail(jobId: string, limit?: number): Promise<JobDetail>;
  /** The stream's address; with `job` that of one job and its log lines from index `logFrom` on. */
  streamUrl(follow?: { job: string; logFrom: number }): string;
};

/** The reading side of the HTTP contract, for browser and terminal. Every method rejects with ApiError. */
export function createJobsApi(options: { baseUrl: string; fetch?: typeof fetch }): JobsApi {
  const root = `${options.baseUrl.replace(/\/$/, "")}/api/external/jobs`;

  async function get<Schema extends z.ZodType>(url: string, schema: Schema): Promise<z.infer<Schema>> {
    let response: Response;
    try {
      response = await (options.fetch ?? fetch)(url, { headers: { Accept: "application/json" } });
    } catch (cause) {
      throw new ApiError(0, "unreachable", `no answer from ${options.baseUrl}`, { cause });
    }
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
      const { error } = errorBodySchema.safeParse(body).data ?? {};
      throw new ApiError(response.status, error?.code ?? "http_error", error?.message ?? response.statusText);
    }
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const message = `${options.baseUrl} answered in a form that is not jobmon's`;
    throw new ApiError(response.status, "unexpected_answer", message, { cause: parsed.error });
  }

  return {
    list: (query = {}) => get(`${root}${queryString(query)}`, jobPageSchema),
    detail: (jobId, limit = 50) =>
      get(`${root}/${encodeURIComponent(jobId)}${queryString({ limit })}`, jobDetailSchema),
    streamUrl: (follow) => `${root}/stream${queryString(follow ?? {})}`,
  };
}

function queryString(query: Record<string, string | number | readonly string[] | undefined>): string {
  const known = Object.entries(query).filter(([, value]) => value !== undefined);
  return known.length === 0
    ? ""
    : `?${new URLSearchParams(known.map(([key, value]) => [key, String(value)]))}`;
}
