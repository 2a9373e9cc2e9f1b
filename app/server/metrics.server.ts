import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import type { AcceptCallback } from "./accept-callback.server.ts";
import type { JobStreams } from "./live/job-streams.server.ts";
import type { StreamGauges } from "./live/stream-gauges.ts";
import type { Retention } from "./retention.server.ts";

export type Metrics = {
  /** Everything measured, as Prometheus text, and the type that text has. */
  text(): Promise<string>;
  contentType: string;
  /** The same as what it is given, and its outcomes are counted. */
  counted(acceptCallback: AcceptCallback): AcceptCallback;
};

/** The measurements of this process; those of Node itself begin with the first time somebody asks. */
export function createMetrics(options: {
  streams: JobStreams;
  gauges: StreamGauges;
  retention: Pick<Retention, "removed">;
}): Metrics {
  const { streams, gauges, retention } = options;
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

  gauge("jobmon_streams_open", "Open streams", () => streams.count());
  gauge("jobmon_stream_subscribers", "Users whose messages are taken from the bus", () => gauges.subscribers);
  gauge("jobmon_stream_bytes_waiting", "Bytes that viewers have not taken yet", () => streams.bytesWaiting());
  counter("jobmon_stream_replays_total", "Streams that replayed the feed", () => gauges.replays);
  counter("jobmon_stream_resets_total", "Viewers that had to reload the list", () => gauges.resets);
  counter("jobmon_stream_merged_total", "States not sent because a newer one came", () => gauges.merged);
  counter("jobmon_stream_slow_total", "Streams closed because too much waited", () => gauges.closedAsSlow);
  counter("jobmon_stream_refused_total", "Streams refused by a cap", () => gauges.refused);
  counter("jobmon_jobs_expired_total", "Jobs removed because their time was over", () => retention.removed());
  const callbacks = new Counter({
    name: "jobmon_callbacks_total",
    help: "Callbacks by what became of them",
    labelNames: ["outcome"],
    registers,
  });

  return {
    contentType: registry.contentType,
    async text() {
      if (!hasDefaults) collectDefaultMetrics({ register: registry });
      hasDefaults = true;
      return registry.metrics();
    },
    counted: (acceptCallback) => async (input) => {
      try {
        const outcome = await acceptCallback(input);
        callbacks.inc({ outcome: wordOf(outcome) });
        return outcome;
      } catch (error) {
        callbacks.inc({ outcome: "error" });
        throw error;
      }
    },
  };
}

/** `applied`, the reason why not, or the kind of the refusal. */
function wordOf(outcome: Awaited<ReturnType<AcceptCallback>>): string {
  if (outcome.kind !== "answered") return outcome.kind;
  return outcome.answer.applied ? "applied" : (outcome.answer.reason ?? "not_applied");
}
