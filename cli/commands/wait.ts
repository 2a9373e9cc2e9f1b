import { watchTexts } from "#app/locales/terminal-watch.ts";
import { CliError, failureOf } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { explain, noSuchJob } from "../failures.ts";
import { openServer } from "../open-server.ts";
import type { Duration } from "../options/readers.ts";
import { safeLine } from "../render/safe-line.ts";
import { openView } from "../tail/open-view.ts";
import { untilSignal } from "../until-signal.ts";
import { findNamed } from "../watch/find-named.ts";
import { EVERYTHING } from "../watch/job-filter.ts";
import { openPatience } from "../watch/open-patience.ts";
import { createOutcome } from "../watch/outcome.ts";
import { startWatch } from "../watch/run-watch.ts";
import type { WaitInvocation } from "./wait.command.ts";

/**
 * `jobmon wait`: until the named jobs have ended, then the code of their ends (exit table); 124 when `--timeout` is over
 * before, 5 when a job does not exist, or has not begun to within `--wait-for-start`.
 */
export async function wait({ io, args, given }: WaitInvocation): Promise<number> {
  const { locale } = io.environment;
  const texts = watchTexts[locale];
  return untilSignal(io, async (aborted) => {
    const server = await openServer(io.environment, given);
    const view = openView(io, given);
    const patience = openPatience({ io, server, view, aborted, maxRetries: given.maxRetries });
    const alarms = createAlarms();
    let stop = view.close;
    aborted.addEventListener("abort", () => stop());
    let openCount = (): number => args.length;
    async function watchThem(): Promise<number> {
      const named = await patience.ask(() => findNamed(server.api, args, locale));
      const [missing] = named.missing;
      if (missing !== undefined && given.waitForStart === undefined) throw noSuchJob(missing, locale);
      const outcome = createOutcome({
        named: [...named.jobIds, ...named.missing],
        any: given.any,
        failFast: given.failFast,
        mustComplete: given.for === "completed",
      });
      openCount = outcome.openCount;
      const watch = startWatch({
        io,
        server,
        view,
        patience,
        aborted,
        outcome,
        first: named.look,
        start: {},
        filter: EVERYTHING,
        withLogs: false,
        ends: "decided",
      });
      stop = watch.close;
      const begun = alarms.after(given.waitForStart, (timeout) => {
        const names = outcome.missing().map(safeLine).join(", ");
        return names === ""
          ? undefined
          : new CliError(failureOf(texts.notStarted, { names, timeout }), EXIT.notFound);
      });
      return Promise.race([watch.ended, begun]);
    }
    const late = alarms.after(
      given.timeout,
      (timeout) => new CliError(failureOf(texts.timedOut, { timeout, count: openCount() }), EXIT.timedOut),
    );
    try {
      return await Promise.race([watchThem(), late]);
    } catch (error) {
      throw explain(error, { url: server.url, locale });
    } finally {
      alarms.clear();
    }
  });
}

/** Timers that reject with what they are asked for by then; one without a duration, or without a failure, never does. */
function createAlarms() {
  const timers = new Set<NodeJS.Timeout>();
  return {
    after(
      duration: Duration | undefined,
      failure: (timeout: string) => CliError | undefined,
    ): Promise<never> {
      return new Promise((_, reject) => {
        if (duration === undefined) return;
        const ring = (): void => {
          const error = failure(duration.text);
          if (error !== undefined) reject(error);
        };
        timers.add(setTimeout(ring, duration.ms));
      });
    },
    clear() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
