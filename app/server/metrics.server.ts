import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import type { JobStreams } from "./live/job-streams.server.ts";
import type { StreamGauges } from "./live/stream-gauges.ts";
import { createMeasures, type Measures } from "./measures.server.ts";
import type { JobRepository } from "./repository/job-repository.ts";
import { addSecretaryMetrics } from "./secretary/secretary-metrics.server.ts";
import type { Secretary } from "./secretary/secretary.server.ts";
import type { Retention } from "#app/server/jobs/retention.server.ts";
import { createUnfinishedJobs } from "#app/server/jobs/unfinished-jobs.server.ts";
import type { Watchdog } from "#app/server/jobs/watchdog.server.ts";

export type Metrics = Measures & {
  /** Everything measured, as Prometheus text, and the type that text has. */
  text(): Promise<string>;
  contentType: string;
  /** Shows the state of these parts too; called once, when they are there. */
  show(parts: {
    streams: JobStreams;
    gauges: StreamGauges;
    retention: Pick<Retention, "removed">;
    watchdog: Pick<Watchdog, "counts">;
    repository: Pick<JobRepository, "countUnfinished">;
    clock: () => number;
    secretary: Secretary | undefined;
  }): void;
};

/**
 * The measurements of this process, without a word of any user in them; those of Node itself begin with the first
 * time somebody asks. What the repository is asked for is the same over all instances.
 */
export function createMetrics({ version }: { version: string }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  let hasDefaults = false;

  function gauge(name: string, help: string, read: () => number): void {
    const collect = (): void => metric.set(read());
    const metric = new Gauge({ name, help, registers, collect });
  }

  function counter(name: string, help: string, read: () => number): void {
    const collect = (): void => {
      metric.reset();
      metric.inc(read());
    };
    const metric = new Counter({ name, help, registers, collect });
  }

  new Gauge({
    name: "jobmon_build_info",
    help: "The version that runs",
    labelNames: ["version"],
    registers,
  }).set({ version }, 1);

  return {
    ...createMeasures(registers),
    contentType: registry.contentType,
    async text() {
      if (!hasDefaults) collectDefaultMetrics({ register: registry });
      hasDefaults = true;
      return registry.metrics();
    },

    show({ streams, gauges, retention, watchdog, repository, clock, secretary }) {
      if (secretary !== undefined) addSecretaryMetrics(registers, secretary);
      gauge("jobmon_streams_open", "Open streams", () => streams.count());
      gauge(
        "jobmon_stream_subscribers",
        "Users whose messages are taken from the bus",
        () => gauges.subscribers,
      );
      gauge("jobmon_stream_bytes_waiting", "Bytes that viewers have not taken yet", () =>
        streams.bytesWaiting(),
      );
      counter("jobmon_stream_replays_total", "Streams that replayed the feed", () => gauges.replays);
      counter("jobmon_stream_resets_total", "Viewers that had to reload the list", () => gauges.resets);
      counter("jobmon_stream_merged_total", "States not sent because a newer one came", () => gauges.merged);
      counter(
        "jobmon_stream_slow_total",
        "Streams closed because too much waited",
        () => gauges.closedAsSlow,
      );
      counter("jobmon_stream_refused_total", "Streams refused by a cap", () => gauges.refused);
      counter("jobmon_jobs_expired_total", "Jobs removed because their time was over", () =>
        retention.removed(),
      );
      counter(
        "jobmon_jobs_given_up_total",
        "Jobs failed because their worker was silent",
        () => watchdog.counts().givenUp,
      );
      counter(
        "jobmon_tombstones_swept_total",
        "Removed jobs that were forgotten",
        () => watchdog.counts().swept,
      );
      counter(
        "jobmon_watchdog_faults_total",
        "Looks of the watchdog that failed",
        () => watchdog.counts().faults,
      );
      const unfinished = createUnfinishedJobs({ repository, clock });
      const jobs = new Gauge({
        name: "jobmon_jobs",
        help: "Jobs that are not final, by status; at most 10,000 of each are counted",
        labelNames: ["status"],
        registers,
        async collect() {
          jobs.reset();
          stalled.reset();
          const counts = await unfinished();
          if (counts === undefined) return;
          for (const status of ["queued", "running", "pending-storage"] as const) {
            jobs.set({ status }, counts[status]);
          }
          stalled.set(counts.stalled);
        },
      });
      const stalled = new Gauge({
        name: "jobmon_jobs_stalled",
        help: "Running jobs whose worker has been silent for longer than it said it might be",
        registers,
      });
    },
  };
}
