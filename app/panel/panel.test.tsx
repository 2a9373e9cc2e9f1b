// @vitest-environment happy-dom
import { createRef, act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createListedJobs } from "#app/client/listed-jobs.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { countByStatus } from "#app/contract/job-status.ts";
import { Sheet } from "#app/components/ui/sheet.tsx";
import { Panel } from "./panel.tsx";
import { PanelProvider } from "./panel-context.tsx";
import type { LiveJobs } from "./use-job-feed.ts";
import { SILENCE } from "#app/panel/news/voice.tsx";
import { jobSummary } from "../../tests/support/job-summary.ts";

/** What React's own profiler listens to: every commit, as a tree that knows what of it was rendered. */
const profiler = vi.hoisted(() => {
  type Commit = (renderer: number, root: { current: unknown }) => void;
  const heard: { onCommit: Commit } = { onCommit: () => {} };
  Object.assign(globalThis, {
    IS_REACT_ACT_ENVIRONMENT: true,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: ((...commit) => heard.onCommit(...commit)) satisfies Commit,
      onCommitFiberUnmount: () => {},
      onPostCommitFiberRoot: () => {},
    },
  });
  return heard;
});

const NOW = Date.parse("2026-11-23T14:21:14Z");
const surroundings = { now: NOW, locale: "de", timeZone: "UTC", origin: "http://127.0.0.1:4500" } as const;
const ignore = (): void => {};

const closes: (() => void)[] = [];
beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ["Date", "setInterval", "clearInterval"] }));
afterEach(() => {
  for (const close of closes.splice(0)) close();
  vi.useRealTimers();
});

test("A job that moves renders its own row again, the numbers that change with it, and nothing else", () => {
  const panel = showPanel(["a", "b", "c", "d"].map((jobId, at) => job(jobId, at)));
  const all = ["JobRow a", "JobRow b", "JobRow c", "JobRow d"];
  const chips = ["all", "canceled", "completed", "failed", "queued", "running"].map((chip) => `Chip ${chip}`);
  expect(panel.render()).toEqual([...chips, "ConnectionBadge", ...all, "PanelHeader"]);
  expect(panel.render()).toEqual([]);

  panel.list.update(job("b", 10, { progress: 42 }), "k.2");
  expect(panel.render()).toEqual(["JobRow b"]);

  panel.list.update(job("a", 11, { status: "completed", finishedAt: instant(11) }), "k.3");
  panel.list.update(job("c", 12, { message: "Seite 3" }), "k.4");
  expect(panel.render()).toEqual(["Chip completed", "Chip running", "JobRow a", "JobRow c"]);

  // The first row is the one that Tab reaches.
  panel.list.update(job("new", 13), "k.5");
  expect(panel.render()).toEqual(["JobRow d", "JobRow new"]);

  panel.list.remove("b", "k.6");
  expect(panel.render()).toEqual(["Chip all", "Chip running"]);
});

/** The panel with these jobs. `render` shows the list as it is by then and tells which of its parts React rendered. */
function showPanel(jobs: readonly JobSummary[]) {
  const list = createListedJobs({
    items: jobs.toReversed(),
    counts: countByStatus(jobs),
    total: jobs.length,
    page: 1,
    limit: 20,
    nextCursor: null,
    head: "k.1",
  });
  const connection = { state: "live", lastEventAt: NOW } as const;
  const actions = { find: list.find, know: ignore, wake: ignore, loadOlder: async () => {} };
  const given = { filter: {}, returnTo: createRef<HTMLElement>(), search: createRef<HTMLInputElement>() };
  const container = document.body.appendChild(document.createElement("div"));
  const root = createRoot(container);
  closes.push(() => {
    act(() => root.unmount());
    container.remove();
  });

  return {
    list,
    render(): string[] {
      const rendered: string[] = [];
      profiler.onCommit = (_, { current }) => rendered.push(...renderedBelow(current as Fiber));
      const now: LiveJobs = { ...actions, state: { ...list.view(), connection } };
      act(() =>
        root.render(
          <PanelProvider surroundings={surroundings}>
            <Sheet open onOpenChange={ignore}>
              <Panel
                {...given}
                jobs={now}
                isModal={false}
                isSearching={false}
                onSearch={ignore}
                isLinkDead={false}
                sentence={SILENCE}
              />
            </Sheet>
          </PanelProvider>,
        ),
      );
      return [...new Set(rendered)].toSorted();
    },
  };
}

/** As much of React's tree as tells what was rendered. */
type Fiber = {
  type: unknown;
  flags: number;
  memoizedProps: { job?: JobSummary; chip?: string } | null;
  alternate: Fiber | null;
  child: Fiber | null;
  sibling: Fiber | null;
};

/** What is watched, with whose it is. */
function nameOf({ type, memoizedProps }: Fiber): string[] {
  if (typeof type !== "function" || !/^(JobRow|Chip|PanelHeader|ConnectionBadge)$/.test(type.name)) return [];
  return [[type.name, memoizedProps?.chip ?? memoizedProps?.job?.jobId ?? ""].join(" ").trim()];
}

/** The parts below one that this commit rendered; where it left the children alone they are the very same. */
function renderedBelow(fiber: Fiber): string[] {
  if (fiber.child === fiber.alternate?.child) return [];
  const found: string[] = [];
  for (let child = fiber.child; child !== null; child = child.sibling) {
    const isRendered = (child.flags & 1) === 1;
    found.push(...(isRendered ? nameOf(child) : []), ...renderedBelow(child));
  }
  return found;
}

/** A job that moves, in the revision of its last second. */
function job(jobId: string, second: number, fields: Partial<JobSummary> = {}): JobSummary {
  return jobSummary({
    jobId,
    createdAt: instant(0),
    updatedAt: instant(second),
    lastCallbackAt: instant(second),
    revision: second,
    ...fields,
  });
}

function instant(second: number): string {
  return new Date(NOW + second * 1000).toISOString();
}
