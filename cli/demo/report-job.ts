import { type RegisterRequest, registeredSchema } from "#app/contract/http.ts";

export type ReportedJob = {
  jobId: string;
  callbackToken: string;
  /** Sends one callback, as the Secretary does: both headers, the answer is of no interest. Rejects when nobody answers. */
  send(body: unknown): Promise<void>;
};

export type JobRequest = Pick<RegisterRequest, "title"> & Partial<RegisterRequest>;

/** Registers a job at a jobmon over HTTP, as an application does. Rejects where it is refused. */
export async function registerJob(url: string, request: JobRequest): Promise<ReportedJob> {
  const answer = await post(`${url}/api/external/jobs`, request, {});
  if (!answer.ok)
    throw new Error(`registration of ${request.title}: ${answer.status} ${await answer.text()}`);
  const { jobId, callback_url, callback_token } = registeredSchema.parse(await answer.json());
  const headers = { Authorization: `Bearer ${callback_token}`, "X-Callback-Token": callback_token };
  return {
    jobId,
    callbackToken: callback_token,
    async send(body) {
      const answered = await post(callback_url, body, headers);
      const text = await answered.text();
      if (!answered.ok) process.stderr.write(`${request.title}: ${answered.status} ${text}\n`);
    },
  };
}

function post(url: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}
