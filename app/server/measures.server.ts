import { Counter, Histogram, type Registry } from "prom-client";
import { isFinal } from "#app/contract/job-status.ts";
import type { AcceptCallback } from "#app/server/callback/accept-callback.server.ts";
import type { JobBus } from "./bus/job-bus.ts";
import type { ChangeJob } from "#app/server/jobs/change-job.server.ts";
import type { OpenJobStream } from "./live/open-job-stream.server.ts";
import type { AnsweredRequest } from "#app/server/http/request-log.server.ts";

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const METHODS = new Set(["GET", "POST", "DELETE", "HEAD"]);
/** An answer that lasts as long as its viewer looks: how long it takes to begin is measured instead. */
const STREAM = "/api/external/jobs/stream";

/** Each returns the same as what it is given, measured. */
export type Measures = {
  countedCallbacks(acceptCallback: AcceptCallback): AcceptCallback;
  countedChanges(changeJob: ChangeJob): ChangeJob;
  timedStarts(open: OpenJobStream): OpenJobStream;
  timedBus(bus: JobBus): JobBus;
  /** Counts a request that is over. */
  requestAnswered(answered: AnsweredRequest): void;
};

/** What is counted and timed while the product works. Labels are words of ours: outcomes, statuses, routes. */
export function createMeasures(registers: Registry[]): Measures {
  const callbacks = new Counter({
    name: "jobmon_callbacks_total",
    help: "Callbacks by what became of them",
    labelNames: ["outcome"],
    registers,
  });
  const callbackSeconds = histogram("jobmon_callback_seconds", "From a callback's arrival to its outcome");
  const ended = new Counter({
    name: "jobmon_jobs_ended_total",
    help: "Jobs that this process saw end, by status",
    labelNames: ["status"],
    registers,
  });
  const startSeconds = histogram("jobmon_stream_start_seconds", "From the opening of a stream to its ready");
  const lagSeconds = histogram("jobmon_feed_lag_seconds", "From a change to the news of it at an instance");
  const requestSeconds = new Histogram({
    name: "jobmon_request_seconds",
    help: "Requests but for streams, from the first line to the last byte",
    labelNames: ["method", "route", "status"],
    buckets: BUCKETS,
    registers,
  });

  /** Found once for each kind of request: labels are slow to look up. */
  const requestsOfKind = new Map<string, { observe(seconds: number): void }>();

  function histogram(name: string, help: string): Histogram {
    return new Histogram({ name, help, buckets: BUCKETS, registers });
  }

  return {
    countedCallbacks: (acceptCallback) => async (input) => {
      const stop = callbackSeconds.startTimer();
      try {
        const outcome = await acceptCallback(input);
        callbacks.inc({ outcome: wordOf(outcome) });
        return outcome;
      } catch (error) {
        callbacks.inc({ outcome: "error" });
        throw error;
      } finally {
        stop();
      }
    },
    countedChanges:
      (changeJob) =>
      async (...change) => {
        const changed = await changeJob(...change);
        if (changed?.applied && isFinal(changed.job.status)) ended.inc({ status: changed.job.status });
        return changed;
      },
    timedStarts: (open) => (request, outlet) => {
      const stream = open(request, outlet);
      return {
        ...stream,
        async start() {
          const stop = startSeconds.startTimer();
          await stream.start();
          stop();
        },
      };
    },
    timedBus: (bus) => ({
      mayLose: bus.mayLose,
      publish: (fact) => bus.publish(fact),
      subscribe: (userEmail, listener, onLost) =>
        bus.subscribe(
          userEmail,
          (message) => {
            if (!message.isRemoved) lagSeconds.observe(secondsSince(message.job.updatedAt));
            listener(message);
          },
          onLost,
        ),
      check: () => bus.check(),
      close: () => bus.close(),
    }),
    requestAnswered({ method, route, status, seconds }) {
      if (route === STREAM || status === undefined) return;
      const name = `${method} ${route} ${status}`;
      let ofKind = requestsOfKind.get(name);
      if (ofKind === undefined) {
        const known = METHODS.has(method) ? method : "other";
        requestsOfKind.set(name, (ofKind = requestSeconds.labels({ method: known, route, status })));
      }
      ofKind.observe(seconds);
    },
  };
}

/** `applied`, the reason why not, or the kind of the refusal. */
function wordOf(outcome: Awaited<ReturnType<AcceptCallback>>): string {
  if (outcome.kind !== "answered") return outcome.kind;
  return outcome.answer.applied ? "applied" : (outcome.answer.reason ?? "not_applied");
}

/** Clocks of two instances may differ a little; nothing is older than itself. */
function secondsSince(instant: string): number {
  return Math.max(0, Date.now() - Date.parse(instant)) / 1000;
}
