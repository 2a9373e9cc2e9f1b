import {
  type CallbackAnswer,
  callbackAnswerSchema,
  type JobDetail,
  jobDetailSchema,
  type Registered,
  registeredSchema,
} from "#app/contract/http.ts";

/** Registers a job over HTTP, as an application does. */
export async function registerJob(
  url: string,
  request: { title?: string; [field: string]: unknown } = {},
): Promise<Registered> {
  const response = await postJson(`${url}/api/external/jobs`, { title: "Bericht.pdf", ...request });
  if (response.status !== 201) throw new Error(`registration: ${response.status} ${await response.text()}`);
  return registeredSchema.parse(await response.json());
}

/** Sends one callback, as a worker does; rejects when it was not answered 200. */
export async function sendCallback(
  job: Pick<Registered, "callback_url" | "callback_token">,
  body: unknown,
): Promise<CallbackAnswer> {
  const response = await postJson(job.callback_url, body, { Authorization: `Bearer ${job.callback_token}` });
  if (response.status !== 200) throw new Error(`callback: ${response.status} ${await response.text()}`);
  return callbackAnswerSchema.parse(await response.json());
}

/** One job as its owner reads it. */
export async function readJob(url: string, jobId: string): Promise<JobDetail> {
  const response = await fetch(`${url}/api/external/jobs/${jobId}`);
  return jobDetailSchema.parse(await response.json());
}

/** POSTs JSON and gives back the answer, whatever its status. */
export function postJson(
  address: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
