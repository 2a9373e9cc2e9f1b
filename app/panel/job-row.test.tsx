// @vitest-environment happy-dom
import { act, Profiler } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createListedJobs } from "#app/client/listed-jobs.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { countByStatus } from "#app/contract/job-status.ts";
import { JobRow } from "./job-row.tsx";
import { orderJobs } from "./order-jobs.ts";
import { PanelProvider } from "./panel-context.tsx";

const NOW = Date.parse("2026-11-23T14:21:14Z");
const surroundings = { now: NOW, locale: "de", timeZone: "UTC", origin: "http://127.0.0.1:4500" } as const;
const ignore = (): void => {};
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const closes: (() => void)[] = [];
/** The profiler's clock stands still but where a row reads its title, which it does when it renders and never else. */
let profiled = 0;
beforeEach(() => void vi.spyOn(performance, "now").mockImplementation(() => profiled));
beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ["Date", "setInterval", "clearInterval"] }));
afterEach(() => {
  for (const close of closes.splice(0)) close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("A row renders again only when its job has changed, wherever the others move", () => {
  const rendered: string[] = [];
  const jobs = ["a", "b", "c", "d"].map((jobId, at) => job(jobId, at));
  const list = createListedJobs({
    items: jobs.toReversed(),
    counts: countByStatus(jobs),
    total: jobs.length,
    page: 1,
    limit: 20,
    nextCursor: null,
    head: "k.1",
  });
  const root = createRoot(document.createElement("div"));
  closes.push(() => act(() => root.unmount()));
  function show(): string[] {
    rendered.length = 0;
    act(() => root.render(<Rows jobs={orderJobs(list.view().jobs)} onRender={(id) => rendered.push(id)} />));
    return rendered.toSorted();
  }

  expect(show()).toEqual(["a", "b", "c", "d"]);
  expect(show()).toEqual([]);
  list.update(job("b", 10, { progress: 42 }), "k.2");
  expect(show()).toEqual(["b"]);
  list.update(job("a", 11, { status: "completed", finishedAt: instant(11) }), "k.3");
  list.update(job("c", 12, { message: "Seite 3" }), "k.4");
  expect(show()).toEqual(["a", "c"]);
  list.update(job("new", 13), "k.5");
  expect(show()).toEqual(["new"]);
  list.remove("d", "k.6");
  expect(show()).toEqual([]);
});

function Rows(props: { jobs: readonly JobSummary[]; onRender: (id: string) => void }) {
  return (
    <PanelProvider surroundings={surroundings}>
      {props.jobs.map((each) => (
        <Profiler
          key={each.jobId}
          id={each.jobId}
          onRender={(id, _, duration) => duration > 0 && props.onRender(id)}
        >
          <JobRow job={each} isOpen={false} isTabStop={false} onToggle={ignore} />
        </Profiler>
      ))}
    </PanelProvider>
  );
}

/** A job that moves, in the revision of its last second. */
function job(jobId: string, second: number, fields: Partial<JobSummary> = {}): JobSummary {
  return {
    jobId,
    status: "running",
    createdAt: instant(0),
    updatedAt: instant(second),
    lastCallbackAt: instant(second),
    revision: second,
    stallAfterSeconds: 300,
    cancelRequested: false,
    ...fields,
    get title() {
      profiled += 1;
      return jobId;
    },
  };
}

function instant(second: number): string {
  return new Date(NOW + second * 1000).toISOString();
}
