import type { JobFilter } from "#app/client/job-filter.ts";
import type { Recording } from "./record-job.ts";
import {
  asked,
  canceling,
  everyKind,
  failedWithResult,
  fiftyJobs,
  hostileJobs,
  overdue,
  withResult,
} from "./recorded-jobs.ts";

/** A state of the panel, as data: what the server has, how it answers, and what the reader has opened. */
export type GalleryState = {
  jobs: readonly Recording[];
  /** The job whose row is open. */
  open?: string;
  filter?: JobFilter;
  /** How many jobs there are beyond the first page. */
  older?: number;
  /** How the server answers the list; `answers` where it is not said. */
  list?: "unavailable" | "signedOut" | "forbidden" | "unreachable";
  /** How it answers the rest: with the job, never, with 503, or not at all. */
  detail?: "never" | "unavailable" | "unreachable";
  /** Whether the stream is there, and its server knows of everything. */
  stream?: "live" | "lagging" | "never" | "unreachable";
  /** What lies over the list. */
  cover?: "settings" | "help";
  /** Somebody is signed in; `menu`: and has opened their menu. */
  signedIn?: "menu";
  /** The job of the address: one the first page does not reach, or none. */
  linked?: "beyond" | "gone";
  /** Another filter is asked for, and its list on the way. */
  pending?: JobFilter;
  /** A page, without a panel or with a closed one; `job` shows the job that is open. */
  page?: "sign-in" | "sign-in-failed" | "verify-email" | "no-such-job" | "start" | "job";
};

const opened = (open: string, more: readonly Recording[] = []): GalleryState => ({
  jobs: [...more, ...everyKind],
  older: 35,
  open,
});

/** Every state the panel can be in. */
export const galleryStates = {
  list: { jobs: everyKind, older: 35 },
  "first-use": { jobs: [] },
  "opened-running": opened("running"),
  "opened-stalled": opened("stalled"),
  "opened-storing": opened("storing"),
  "opened-queued": opened("queued"),
  "opened-failed": opened("failed"),
  "opened-silent": opened("silent"),
  "opened-failed-with-result": opened("too-large", [failedWithResult]),
  "opened-completed": opened("completed"),
  "opened-files": opened("files"),
  "opened-result": opened("result", [withResult]),
  "opened-canceled": opened("canceled"),
  "opened-canceling": opened("canceling", [canceling]),
  "opened-overdue": opened("overdue", [overdue]),
  "opened-asked": opened("asked", [asked]),
  "opened-loading": { ...opened("running"), detail: "never" },
  "opened-unavailable": { ...opened("running"), detail: "unavailable" },
  connecting: { jobs: everyKind, stream: "never" },
  lagging: { jobs: everyKind, stream: "lagging" },
  offline: { jobs: everyKind, stream: "unreachable" },
  "opened-offline": { ...opened("running"), stream: "unreachable", detail: "unreachable" },
  "filter-failed": { jobs: everyKind, filter: { status: ["failed"] } },
  "filter-two": { jobs: everyKind, filter: { status: ["running", "pending-storage", "failed"] } },
  search: { jobs: everyKind, filter: { q: "pdf" } },
  "search-without-hits": { jobs: everyKind, filter: { q: "Steuerbescheid" } },
  "filter-without-jobs": { jobs: everyKind.slice(5), filter: { status: ["running"] } },
  loading: { jobs: everyKind, filter: { q: "Steuerbescheid" }, pending: { q: "pdf" } },
  linked: { jobs: fiftyJobs, open: "more-30", linked: "beyond" },
  "linked-gone": { jobs: everyKind, open: "nobody", linked: "gone" },
  "signed-out": { jobs: [], list: "signedOut" },
  forbidden: { jobs: [], list: "forbidden" },
  unavailable: { jobs: [], list: "unavailable" },
  unreachable: { jobs: [], list: "unreachable" },
  settings: { jobs: everyKind, cover: "settings" },
  help: { jobs: everyKind, cover: "help" },
  "user-menu": { jobs: everyKind, signedIn: "menu" },
  "sign-in": { jobs: [], page: "sign-in" },
  "sign-in-failed": { jobs: [], page: "sign-in-failed" },
  "verify-email": { jobs: [], page: "verify-email" },
  "no-such-job": { jobs: [], page: "no-such-job" },
  start: { jobs: everyKind, page: "start" },
  "job-running": { jobs: everyKind, page: "job", open: "running" },
  "job-failed": { jobs: everyKind, page: "job", open: "failed" },
  many: { jobs: fiftyJobs, older: 950 },
  hostile: { jobs: hostileJobs },
  "opened-hostile": { jobs: hostileJobs, open: "override" },
} satisfies Record<string, GalleryState>;

export type StateName = keyof typeof galleryStates;
export const stateNames = Object.keys(galleryStates) as StateName[];

/** The state a query names, the plain list where it names none. */
export function readState(name: string | null): StateName {
  return stateNames.find((known) => known === name) ?? "list";
}
