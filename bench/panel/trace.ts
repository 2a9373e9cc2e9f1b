import type { Browser, Page } from "playwright-core";
import { z } from "zod";

const CATEGORIES = [
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "loading",
  "blink.user_timing",
  "toplevel",
];
const LONG_MS = 50;
const FIRST_PAINT = "firstContentfulPaint";

const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.number().default(0),
  dur: z.number().default(0),
  tdur: z.number().default(0),
  args: z.record(z.string(), z.unknown()).default({}),
});
type TraceEvent = z.infer<typeof eventSchema>;

/** What the main thread of a page did while `work` ran. Milliseconds. */
export type Trace = {
  /** Tasks of more than 50 ms. */
  longTasks: number[];
  longest: number;
  /** Processor time of all tasks, however long others had the processor meanwhile. */
  cpu: number;
  /** What tasks took beyond 50 ms, from the first paint of content on. */
  blocking: number;
  /** From the navigation; undefined where the trace has none. */
  firstPaint: number | undefined;
  largestPaint: number | undefined;
};

/** Traces the page by CDP. Only its own process counts, so it must be alone in its browser context. */
export async function traceWhile(browser: Browser, page: Page, work: () => Promise<void>): Promise<Trace> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const buffer = await browser.stopTracing();
  const { traceEvents } = z
    .object({ traceEvents: z.array(z.unknown()) })
    .parse(JSON.parse(buffer.toString()));
  return summarize(traceEvents.flatMap((event) => eventSchema.safeParse(event).data ?? []));
}

function summarize(events: readonly TraceEvent[]): Trace {
  const main = mainThread(events);
  const own = events.filter(({ pid, tid }) => pid === main?.pid && tid === main.tid);
  const begin = own.find(({ name, args }) => name === "navigationStart" && isMainFrame(args))?.ts;
  const first = own.find(({ name }) => name === FIRST_PAINT)?.ts;
  const largest = own.findLast(({ name }) => name === "largestContentfulPaint::Candidate")?.ts;
  // Each is there a second time as `ThreadControllerImpl::RunTask`.
  const tasks = own.filter(({ name, ph }) => ph === "X" && name === "RunTask");
  const long = tasks.filter(({ dur }) => dur / 1000 > LONG_MS);
  const since = (at: number | undefined) =>
    at === undefined || begin === undefined ? undefined : (at - begin) / 1000;
  return {
    longTasks: long.map(({ dur }) => dur / 1000),
    longest: Math.max(0, ...tasks.map(({ dur }) => dur / 1000)),
    cpu: tasks.reduce((sum, { tdur }) => sum + tdur / 1000, 0),
    blocking: long
      .filter(({ ts, dur }) => ts + dur >= (first ?? 0))
      .reduce((sum, { dur }) => sum + dur / 1000 - LONG_MS, 0),
    firstPaint: since(first),
    largestPaint: since(largest),
  };
}

/** The main thread that painted content, else the one that did most: a navigation changes the renderer. */
function mainThread(events: readonly TraceEvent[]) {
  const threads = events.filter(
    ({ name, args }) => name === "thread_name" && args["name"] === "CrRendererMain",
  );
  const of = ({ pid, tid }: TraceEvent) => events.filter((event) => event.pid === pid && event.tid === tid);
  const painted = threads.findLast((thread) => of(thread).some(({ name }) => name === FIRST_PAINT));
  return painted ?? threads.toSorted((one, other) => of(other).length - of(one).length)[0];
}

function isMainFrame(args: Record<string, unknown>): boolean {
  const data = z.object({
    isOutermostMainFrame: z.boolean().optional(),
    documentLoaderURL: z.string().optional(),
  });
  const parsed = data.safeParse(args["data"]).data;
  return parsed?.documentLoaderURL !== "" && parsed?.isOutermostMainFrame !== false;
}
