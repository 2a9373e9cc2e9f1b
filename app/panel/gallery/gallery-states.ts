import type { JobPage } from "#app/contract/http.ts";
import { countByStatus, totalOf } from "#app/contract/job-counts.ts";
import type { Locale } from "#app/locales/locale.ts";
import { manyJobs, recordedJobs } from "./recorded-jobs.ts";

/** Every state the panel can be in; `open` names the job whose row is open. */
export const galleryStates = {
  list: {},
  open: { open: "report" },
  failed: { open: "scan" },
  silent: { open: "silent" },
  done: { open: "talk" },
  loading: { open: "report" },
  broken: { open: "report" },
  offline: {},
  empty: {},
  many: {},
} satisfies Record<string, { open?: string }>;

export type GalleryState = keyof typeof galleryStates;

/** The state a query names, the plain list where it names none. */
export function readState(name: string | null): GalleryState {
  return name !== null && Object.hasOwn(galleryStates, name) ? (name as GalleryState) : "list";
}

/** The first page of a state. */
export function recordedPage(state: GalleryState, now: number, locale: Locale): JobPage {
  const jobs = state === "many" ? manyJobs(now, locale) : recordedJobs(now, locale);
  const items = state === "empty" ? [] : jobs;
  const counts = countByStatus(items);
  if (state !== "empty") counts.completed += state === "many" ? 0 : 48 - items.length;
  const total = totalOf(counts);
  const nextCursor = total > items.length ? "older" : null;
  return { items, page: 1, limit: 20, total, counts, nextCursor, head: "gallery.1" };
}
