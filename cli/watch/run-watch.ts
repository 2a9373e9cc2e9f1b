import { watchTexts } from "#app/locales/terminal-watch.ts";
import type { ExitCode } from "../exit-codes.ts";
import { explainEnd } from "../failures.ts";
import type { Io } from "../io.ts";
import type { Server } from "../open-server.ts";
import { logText } from "../render/log-lines.ts";
import { safeLine } from "../render/safe-line.ts";
import { createJobLogs } from "../tail/job-logs.ts";
import type { JobsView } from "../tail/jobs-view.ts";
import { type FirstLook, lookAround, lookAt, type StartOptions } from "./first-look.ts";
import { isShown, isTextShown, type JobFilter } from "./job-filter.ts";
import type { Outcome } from "./outcome.ts";
import type { Patience } from "./patience.ts";
import { watchJobs } from "./watch-jobs.ts";

const LINES_AT_START = 10;
const LOOK_EVERY_MS = 1000;

export type WatchOptions = {
  io: Io;
  server: Server;
  view: JobsView;
  patience: Patience;
  aborted: AbortSignal;
  first: FirstLook;
  start: StartOptions;
  filter: JobFilter;
  withLogs: boolean;
  /** What is waited for. */
  outcome: Outcome;
  /** Whether the watch ends by itself: as soon as the outcome is decided, when it is also live, or never. */
  ends: "decided" | "idle" | "never";
};

/** A watch under way. */
export type Watch = {
  /** Resolves with the code when it has ended by itself; rejects with CliError or ApiError when it cannot go on. */
  ended: Promise<ExitCode>;
  /** Resolves once everything the server knows now has been shown. */
  caughtUp(): Promise<void>;
  /** Says something to the person without disturbing what is shown. */
  say(text: string): void;
  /** Leaves the terminal as it should be left; once is enough. */
  close(): void;
};

/** Shows what changes until what is waited for has come, over any number of disconnects. */
export function startWatch(options: WatchOptions): Watch {
  const { io, server, view, patience, aborted, filter, outcome, ends } = options;
  const { locale } = io.environment;
  const startedWith = new Set(options.first.jobs.map(({ jobId }) => jobId));
  const end = Promise.withResolvers<ExitCode>();
  const waiters = new Set<() => void>();
  let isLive = false;
  let isClosed = false;
  let cursor = options.first.head;

  const logs = createJobLogs({
    api: server.api,
    patience,
    aborted,
    onLines(job, from, entries) {
      for (const [at, entry] of entries.entries()) {
        if (isTextShown([job.title, logText(entry)], filter)) view.log(job, from + at, [entry], cursor);
      }
    },
    onGap: (job, count) =>
      view.say(`-- ${watchTexts[locale].missedLines({ title: safeLine(job.title), count })} --`),
    onError: end.reject,
  });

  function decide(): void {
    const code = ends === "never" || (ends === "idle" && !isLive) ? undefined : outcome.decide(io.now());
    if (code !== undefined) void logs.settled().then(() => end.resolve(code));
  }

  const watch = watchJobs({
    ...options,
    async lookAgain(jobIds) {
      const [around, known] = [await lookAround(server.api, options.start), await lookAt(server.api, jobIds)];
      return { ...known, look: { jobs: [...known.look.jobs, ...around.jobs], head: around.head } };
    },
    listener: {
      change(job, at) {
        cursor = at;
        outcome.see(job);
        if (outcome.isOurs(job.jobId)) {
          if (isShown(job, filter)) view.change(job, at);
          else view.hide(job.jobId);
          if (options.withLogs && isShown(job, { ...filter, include: [], exclude: [] })) {
            logs.look(job, startedWith.has(job.jobId) ? LINES_AT_START : Infinity);
          }
        }
        decide();
        for (const look of waiters) look();
      },
      remove(jobId, at) {
        cursor = at;
        if (outcome.isOurs(jobId)) view.remove(jobId, at);
        outcome.remove(jobId);
        decide();
      },
      connection(connection, caughtUp) {
        isLive = connection.state === "live";
        view.connection(connection, caughtUp);
        decide();
      },
    },
  });
  watch.ended
    .then((problem) => end.reject(explainEnd(problem, { url: server.url, locale })))
    .catch(end.reject);
  // A silence is noticed although nothing comes.
  const clock = setInterval(decide, LOOK_EVERY_MS);
  decide();

  return {
    ended: end.promise,
    async caughtUp() {
      const { items } = await server.api.list({ limit: 50 });
      const isTold = (): boolean =>
        items.every(({ jobId, revision }) => watch.knownRevision(jobId) >= revision);
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => (isTold() ? resolve() : undefined);
      waiters.add(look);
      look();
      await promise.finally(() => waiters.delete(look));
    },
    say: view.say,
    close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(clock);
      watch.close();
      view.close();
    },
  };
}
