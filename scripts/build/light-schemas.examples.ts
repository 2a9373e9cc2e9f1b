import type { JobDetail } from "#app/contract/answers.ts";
import type { JobPage } from "#app/contract/job-page.ts";
import { NO_JOBS } from "#app/contract/job-status.ts";
import type { JobLog, JobSummary } from "#app/contract/job.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import type { StreamEvent } from "#app/contract/stream.ts";

const at = "2026-01-01T00:00:05.000Z";

/** A job with everything that one may have. */
const SUMMARY: JobSummary = {
  jobId: "job-1",
  status: "running",
  phase: "OCR",
  progress: 42,
  message: "Seite 3",
  updatedAt: at,
  revision: 3,
  title: "Bericht.pdf",
  kind: "pdf",
  createdAt: at,
  startedAt: at,
  finishedAt: at,
  error: { code: "E1", message: "kaputt" },
  lastCallbackAt: at,
  stallAfterSeconds: 300,
  cancelRequested: false,
  pace: { from: 0, since: at, at, steps: 2 },
  usual: { count: 3, low: 1, median: 2.5, high: 4 },
  asked: { since: at, at, count: 1, answer: "alive", progress: 12, isDying: true },
  fetching: { done: 1, total: 2 },
};

const LINE: JobLog = {
  timestamp: at,
  level: "warn",
  phase: "OCR",
  progress: 12,
  message: "langsam",
  details: { seite: 3 },
  source: "asked",
};

const ERROR = { code: "E1", message: "kaputt", details: { traceback: "…" } };
const FILE = { name: "a.zip", size: 12 };
const ARTIFACT = { ...FILE, type: "application/zip" };
const PART = {
  name: "result",
  kind: "file",
  link: "a",
  path: "/a",
  state: "missing",
  since: at,
  fault: { code: "too_large", detail: "zu groß" },
} as const;

const EVENTS: JobEvent[] = [
  {
    type: "job_registered",
    at,
    job: {
      ...SUMMARY,
      userEmail: "anna@example.org",
      error: ERROR,
      lastError: "x",
      lastSeq: 1,
      endedBy: "worker",
      timeoutSeconds: 3600,
      logCount: 2,
      phases: [{ phase: "OCR", startedAt: at }],
      processId: "p",
      correlation: "c",
      follow: true,
      checkAfterSeconds: 60,
      result: FILE,
      archive: FILE,
      artifacts: [ARTIFACT],
      parts: [PART],
    },
  },
  {
    type: "callback_received",
    at,
    report: {
      outcome: "failed",
      queued: true,
      phase: "OCR",
      progress: 12,
      message: "x",
      lines: [{ level: "info", message: "x" }],
      error: ERROR,
      errorLine: "x",
      hasArchive: true,
      processId: "p",
      seq: 1,
    },
    source: "followed",
    stored: { result: FILE, archive: FILE },
    parts: [PART],
  },
  { type: "secretary_asked", at, answer: "unreachable", fault: "x" },
  { type: "cancel_requested", at },
  { type: "artifacts_stored", at, artifacts: [ARTIFACT] },
  { type: "artifacts_refused", at, reason: "x" },
  {
    type: "part_settled",
    at,
    name: "a",
    state: "stored",
    fault: PART.fault,
    artifact: ARTIFACT,
    result: FILE,
    more: [PART],
  },
];

export const DETAIL = {
  ...SUMMARY,
  error: ERROR,
  logs: [LINE],
  logsFrom: 0,
  logCount: 1,
  phases: [{ phase: "OCR", startedAt: at }],
  result: {
    text: "fertig",
    links: [{ name: "a", url: "https://example.org" }],
    metadata: [1],
    data: { a: 1 },
  },
  resultFile: { size: 12, url: "/result" },
  deliveries: EVENTS.map((event) => ({
    event,
    applied: false,
    reason: "duplicate" as const,
    request: { bytes: 12, digest: "ab", idempotencyKey: "k" },
  })),
  artifacts: [{ ...ARTIFACT, url: "/a" }],
  files: [{ name: "a", kind: "archive", state: "waiting", fault: PART.fault }],
  processId: "p",
  correlation: "c",
} satisfies JobDetail;

export const PAGE: JobPage = {
  items: [SUMMARY],
  page: 1,
  limit: 20,
  total: 1,
  counts: { ...NO_JOBS, running: 1 },
  nextCursor: null,
  head: "k3x.5",
};

/** The data of every event of the stream. */
export const STREAM: { [Name in StreamEvent["event"]]: Extract<StreamEvent, { event: Name }>["data"][] } = {
  job_update: [{ ...SUMMARY, type: "job_update" }],
  job_log: [{ jobId: "job-1", index: 0, entry: LINE }],
  job_removed: [{ jobId: "job-1" }],
  ready: [{ head: "k3x.5" }],
  reset: [{ head: "k3x.5" }],
  heartbeat: [{ head: "k3x.5" }, { head: "k3x.5", degraded: true }],
  bye: [{ retry: 1000 }],
};
