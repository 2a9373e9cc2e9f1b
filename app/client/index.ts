/**
 * The client of jobmon for programs, in Node and in the browser: `jobmon/client`. The stream over any number of
 * disconnects, the owner's side of the HTTP contract, and the fold that makes one list of both.
 */
export { applyPage, applyUpdate, removeJob } from "./apply-update.ts";
export type { Connection, ConnectionProblem } from "./connection.ts";
export { connectJobStream, type JobStreamConnection, type JobStreamOptions } from "./connect-job-stream.ts";
export { ApiError, createJobsApi, type JobsApi } from "./jobs-api.ts";
export type { JobDetail, JobPage, ListQuery, Me } from "#app/contract/http.ts";
export type { JobLog, JobSummary } from "#app/contract/job.ts";
export { isFinal, type JobStatus } from "#app/contract/job-status.ts";
export type { StreamEvent } from "#app/contract/stream.ts";
