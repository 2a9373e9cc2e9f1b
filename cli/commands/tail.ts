import { explain, explainEnd } from "../failures.ts";
import type { Io } from "../io.ts";
import { lookFor } from "../output-options.ts";
import type { ColourMode, OutputForm } from "../options/shared-options.ts";
import { openServer, type Server } from "../open-server.ts";
import { followJobs, type JobsFollower } from "../tail/follow-jobs.ts";
import type { JobsView } from "../tail/jobs-view.ts";
import { createLiveView } from "../tail/live-view.ts";
import { createNdjsonView } from "../tail/ndjson-view.ts";
import { createPlainView } from "../tail/plain-view.ts";
import { untilSignal } from "../until-signal.ts";
import type { TailInvocation } from "./tail.command.ts";

type TailOptions = { output: OutputForm; color: ColourMode; includeConnection?: boolean };

/** `jobmon tail`: shows jobs while they run, until a signal. Ctrl-C leaves the jobs alone. */
export async function tail({ io, given }: TailInvocation): Promise<number> {
  return untilSignal(io, async (aborted) => {
    const server = await openServer(io.environment, given);
    const follower = await openTail(io, server, given, aborted);
    throw explainEnd(await follower.ended, { url: server.url, locale: io.environment.locale });
  });
}

/** Starts a tail that goes on until it is aborted. Rejects with CliError when there is nobody to ask. */
export async function openTail(
  io: Io,
  server: Server,
  options: TailOptions,
  aborted: AbortSignal,
): Promise<JobsFollower> {
  const view = createView(io, options);
  try {
    const follower = await followJobs({ ...server, view });
    aborted.addEventListener("abort", follower.close);
    return follower;
  } catch (error) {
    view.close();
    throw explain(error, { url: server.url, locale: io.environment.locale });
  }
}

function createView(io: Io, options: TailOptions): JobsView {
  const { includeConnection = false } = options;
  if (options.output !== "text") return createNdjsonView(io, { includeConnection });
  if (!io.stdout.isTTY || io.environment.dumb) return createPlainView(io, io.environment.locale);
  return createLiveView(io, lookFor(io, options));
}
