import type { JobStreams, ViewerRequest } from "./job-streams.server.ts";
import type { SharedStreamCaps } from "./shared-stream-caps.redis.server.ts";
import { tooManyStreams } from "./stream-caps.server.ts";

/** Answers a viewer with the live stream, or 429 or 503 when there are too many. */
export type OpenStream = (request: Omit<ViewerRequest, "onEnd">) => Promise<Response>;

/** Where the instances count together, a user's place is taken before the stream opens, and given back when it ends. */
export function createOpenStream(options: {
  streams: Pick<JobStreams, "respond">;
  caps: SharedStreamCaps | undefined;
}): OpenStream {
  const { streams, caps } = options;
  return async (request) => {
    const place = await caps?.take(request.userEmail);
    if (place === undefined) return streams.respond(request);
    if ("taken" in place) return tooManyStreams(place.taken);
    return streams.respond({ ...request, onEnd: place.release });
  };
}
