import type { z } from "#app/contract/zod.ts";
import { detailQuerySchema, listQuerySchema, streamQuerySchema } from "#app/contract/http.ts";
import type { SchemaName } from "./schemas.ts";

/** What a status means, and what its body is: a schema of ours, a media type, or nothing. */
export type Answer = { says: string; body?: SchemaName; mediaType?: string };

/** One method of one address. `path` is written as in `app/routes.ts`. */
export type Operation = {
  path: string;
  method: "get" | "post" | "delete";
  id: string;
  summary: string;
  description?: string;
  isCallback?: true;
  query?: z.ZodObject;
  headers?: Record<string, string>;
  takes?: SchemaName[];
  answers: Record<number, Answer>;
};

const error = (says: string): Answer => ({ says, body: "Error" });
const NOT_SIGNED_IN = error("Nobody we know: sign in first");
const NO_SUCH_JOB = error("You have no such job; somebody else's is as unknown as none");
const UNAVAILABLE = error("The repository does not answer: send the same again after Retry-After seconds");
const WRONG_QUERY = error("A parameter is wrong; `field` names it");
const IDEMPOTENCY = { "Idempotency-Key": "Repeating a request under the same key changes nothing further" };

const bodyFaults = {
  400: error("Not JSON"),
  408: error("The body stood still on its way"),
  413: error("The body is larger than what is taken here"),
  415: error("Not JSON by type, or compressed"),
  422: error("JSON of the wrong shape; `field` names the first fault"),
};

const callbackAnswers = {
  200: { says: "Durable: applied, or deliberately not", body: "CallbackAnswer" },
  401: error(
    "No, a wrong or an expired callback token, or an unknown job: one and the same answer; or no signature where one is asked for",
  ),
  410: error("The owner has removed the job: stop reporting"),
  429: error(
    "More reports than 50 a second, a final is never refused; or too many wrong tokens from one address: come again after Retry-After seconds",
  ),
  503: UNAVAILABLE,
  ...bodyFaults,
} satisfies Record<number, Answer>;

const JOBS = "api/external/jobs";

/** Every documented operation, in the order of the table of routes. */
export const operations: Operation[] = [
  {
    path: JOBS,
    method: "get",
    id: "listJobs",
    summary: "A page of your jobs, the last changed first",
    query: listQuerySchema,
    answers: {
      200: { says: "The page, and where the next one and the live stream go on", body: "JobPage" },
      400: WRONG_QUERY,
      401: NOT_SIGNED_IN,
      503: UNAVAILABLE,
    },
  },
  {
    path: JOBS,
    method: "post",
    id: "registerJob",
    summary: "Registers a job, or with a callback token reports to that token's job",
    headers: IDEMPOTENCY,
    takes: ["RegisterRequest", "Callback"],
    answers: {
      ...callbackAnswers,
      201: {
        says: "Registered. `callback_token` is shown this once; hand it to the worker",
        body: "Registered",
      },
      403: error("Only a service may register for somebody else"),
    },
  },
  {
    path: `${JOBS}/stream`,
    method: "get",
    id: "streamJobs",
    summary: "The live stream of your jobs as Server-Sent Events",
    description:
      "Resumes after the cursor in `Last-Event-ID`, else in `after`. Every viewer ends with the newest state of every job.",
    query: streamQuerySchema,
    headers: { "Last-Event-ID": "The id of the last event that was seen" },
    answers: {
      200: { says: "The stream", mediaType: "text/event-stream" },
      400: WRONG_QUERY,
      401: NOT_SIGNED_IN,
      429: error("You have as many open streams as you may: come again after Retry-After seconds"),
      503: error("The server is full or stopping: come again after Retry-After seconds"),
    },
  },
  {
    path: `${JOBS}/:jobId`,
    method: "get",
    id: "readJob",
    summary: "One of your jobs with its last log lines, result and artifacts",
    query: detailQuerySchema,
    answers: {
      200: { says: "The job", body: "JobDetail" },
      400: WRONG_QUERY,
      401: NOT_SIGNED_IN,
      404: NO_SUCH_JOB,
      503: UNAVAILABLE,
    },
  },
  {
    path: `${JOBS}/:jobId`,
    method: "post",
    id: "reportJob",
    summary: "The callback of a worker",
    description:
      "`{}` is a sign of life; `status` or `phase` completed, failed or canceled is the end. `seq` orders callbacks that overtake each other.",
    isCallback: true,
    headers: IDEMPOTENCY,
    takes: ["Callback"],
    answers: callbackAnswers,
  },
  {
    path: `${JOBS}/:jobId`,
    method: "delete",
    id: "removeJob",
    summary: "Removes one of your jobs that has ended, with all that belongs to it",
    answers: {
      204: { says: "Removed, and every viewer is told" },
      401: NOT_SIGNED_IN,
      404: NO_SUCH_JOB,
      409: error("It has not ended: cancel it first"),
      503: UNAVAILABLE,
    },
  },
  {
    path: `${JOBS}/:jobId/cancel`,
    method: "post",
    id: "cancelJob",
    summary: "Asks the worker to stop; the answer to its next callback tells it",
    answers: {
      200: { says: "A queued job is canceled at once", body: "CancelAnswer" },
      401: NOT_SIGNED_IN,
      404: NO_SUCH_JOB,
      409: error("It has ended: there is nothing to cancel"),
      503: UNAVAILABLE,
    },
  },
  {
    path: `${JOBS}/:jobId/artifacts`,
    method: "post",
    id: "fetchArtifacts",
    summary: "Fetches once more what of the job's files did not come from the Secretary",
    answers: {
      202: { says: "Begun; the job tells how far it is", body: "FetchAnswer" },
      401: NOT_SIGNED_IN,
      404: NO_SUCH_JOB,
      409: error("Nothing is missing, or there is no Secretary to fetch it from"),
      503: UNAVAILABLE,
    },
  },
  {
    path: `${JOBS}/:jobId/token`,
    method: "post",
    id: "rotateToken",
    summary: "A new callback token; those there are stay good for `overlapSeconds`",
    takes: ["RotateRequest"],
    answers: {
      201: { says: "The new token, shown this once; hand it to the worker", body: "Rotated" },
      401: NOT_SIGNED_IN,
      404: NO_SUCH_JOB,
      409: error("It has ended: nobody reports it any more"),
      503: UNAVAILABLE,
      ...bodyFaults,
    },
  },
  {
    path: `${JOBS}/:jobId/result`,
    method: "get",
    id: "downloadResult",
    summary: "The whole result of a job, as a JSON file",
    answers: {
      200: { says: "The file, as attachment", body: "JobResult" },
      401: NOT_SIGNED_IN,
      404: error("You have no such job, or it has no result"),
      503: UNAVAILABLE,
    },
  },
  {
    path: `${JOBS}/:jobId/artifacts/:name`,
    method: "get",
    id: "downloadArtifact",
    summary: "A file that a job left behind",
    answers: {
      200: { says: "The file, as attachment", mediaType: "*/*" },
      401: NOT_SIGNED_IN,
      404: error("You have no such job, or it has no artifact of this name"),
      503: UNAVAILABLE,
    },
  },
  {
    path: "api/external/me",
    method: "get",
    id: "readMe",
    summary: "Who you are here: whose jobs you see",
    answers: { 200: { says: "You", body: "Me" }, 401: NOT_SIGNED_IN },
  },
  {
    path: "api/external/sign-out",
    method: "post",
    id: "signOut",
    summary: "Ends the session: its streams are closed, it is refused from now on",
    answers: { 204: { says: "It has ended here" }, 401: NOT_SIGNED_IN },
  },
  {
    path: "healthz",
    method: "get",
    id: "checkHealth",
    summary: "Alive: the process answers",
    answers: { 200: { says: "Alive", body: "HealthAnswer" } },
  },
  {
    path: "readyz",
    method: "get",
    id: "checkReadiness",
    summary: "Ready: every part works",
    answers: {
      200: { says: "Ready", body: "ReadyAnswer" },
      503: error("Not ready; the message names the parts that fail"),
    },
  },
  {
    path: "metrics",
    method: "get",
    id: "readMetrics",
    summary: "What the process measures",
    answers: { 200: { says: "Prometheus text", mediaType: "text/plain" } },
  },
  {
    path: "openapi.json",
    method: "get",
    id: "readDescription",
    summary: "This description",
    answers: { 200: { says: "OpenAPI 3.1", mediaType: "application/json" } },
  },
];
