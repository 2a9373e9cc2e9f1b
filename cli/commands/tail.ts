import { createJobsApi } from "#app/client/jobs-api.ts";
import { explain, explainEnd } from "../failures.ts";
import type { Io } from "../io.ts";
import { lookFor } from "../output-options.ts";
import type { ColourMode, OutputForm } from "../options/shared-options.ts";
import { serverUrl } from "../server-url.ts";
import { followJobs, type JobsFollower } from "../tail/follow-jobs.ts";
import type { JobsView } from "../tail/jobs-view.ts";
import { createLiveView } from "../tail/live-view.ts";
import { createNdjsonView } from "../tail/ndjson-view.ts";
import { createPlainView } from "../tail/plain-view.ts";
import { untilSignal } from "../until-signal.ts";
import type { TailInvocation } from "./tail.command.ts";

type TailOptions = { url: string; output: OutputForm; color: ColourMode; includeConnection?: boolean };

/** `jobmon tail`: shows jobs while they run, until a signal. Ctrl-C leaves the jobs alone. */
export async function tail({ io, given }: TailInvocation): Promise<number> {
  const options = { ...given, url: serverUrl(io, given) };
  return untilSignal(io, async (aborted) => {
    const follower = await openTail(io, options, aborted);
    throw explainEnd(await follower.ended, { url: options.url, locale: io.environment.locale });
  });
}

/** Starts a tail that goes on until it is aborted. Rejects with CliError when there is nobody to ask. */
export async function openTail(io: Io, options: TailOptions, aborted: AbortSignal): Promise<JobsFollower> {
  const { url } = options;
  const view = createView(io, options);
  try {
    const follower = await followJobs({ api: createJobsApi({ baseUrl: url }), view });
    aborted.addEventListener("abort", follower.close);
    return follower;
  } catch (error) {
    view.close();
    throw explain(error, { url, locale: io.environment.locale });
  }
}

function createView(io: Io, options: TailOptions): JobsView {
  const { includeConnection = false } = options;
  if (options.output !== "text") return createNdjsonView(io, { includeConnection });
  if (!io.stdout.isTTY || io.environment.dumb) return createPlainView(io, io.environment.locale);
  return createLiveView(io, lookFor(io, options));
}
