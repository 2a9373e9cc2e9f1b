import { explain, noSuchJob } from "../failures.ts";
import type { Io } from "../io.ts";
import type { Server } from "../open-server.ts";
import type { ColourMode, OutputForm } from "../options/shared-options.ts";
import { openView } from "../tail/open-view.ts";
import { findNamed } from "./find-named.ts";
import { lookAround, type StartOptions } from "./first-look.ts";
import { EVERYTHING, type JobFilter } from "./job-filter.ts";
import { openPatience } from "./open-patience.ts";
import { createOutcome } from "./outcome.ts";
import { startWatch, type Watch, type WatchOptions } from "./run-watch.ts";

type OpenWatchOptions = {
  server: Server;
  aborted: AbortSignal;
  /** The jobs to watch, by ids or their beginnings; all where none is named. */
  names?: readonly string[];
  output: OutputForm;
  color: ColourMode;
  includeConnection?: boolean;
  maxRetries?: number | undefined;
  start?: StartOptions;
  filter?: JobFilter;
  withLogs?: boolean;
  ends: WatchOptions["ends"];
};

/** Looks around and goes on watching until it has ended or is aborted. Rejects with CliError when it cannot begin. */
export async function openWatch(io: Io, options: OpenWatchOptions): Promise<Watch> {
  const { server, aborted, names = [], start = {}, filter = EVERYTHING, withLogs = false, ends } = options;
  const { locale } = io.environment;
  const view = openView(io, options);
  const patience = openPatience({ io, server, view, aborted, maxRetries: options.maxRetries });
  try {
    const named =
      names.length === 0 ? undefined : await patience.ask(() => findNamed(server.api, names, locale));
    const [missing] = named?.missing ?? [];
    if (missing !== undefined) throw noSuchJob(missing, locale);
    const watch = startWatch({
      io,
      server,
      view,
      patience,
      aborted,
      start,
      filter,
      withLogs,
      ends,
      first: named?.look ?? (await patience.ask(() => lookAround(server.api, start))),
      outcome: createOutcome(named === undefined ? {} : { named: named.jobIds }),
    });
    aborted.addEventListener("abort", watch.close);
    return watch;
  } catch (error) {
    view.close();
    throw explain(error, { url: server.url, locale });
  }
}
