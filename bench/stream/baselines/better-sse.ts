import { type Channel, createChannel, createSession } from "better-sse";
import { type Baseline, START, userIn } from "./baseline.ts";

/** better-sse as its documentation shows it: one channel per user, `broadcast`. It leaves out three blanks per event. */
export function createBetterSse(): Baseline {
  const channels = new Map<string, Channel>();

  function channelOf(user: string): Channel {
    const channel = channels.get(user) ?? createChannel();
    channels.set(user, channel);
    return channel;
  }

  return {
    answer(request, response) {
      createSession(request, response, { keepAlive: null, retry: null }).then(
        (session) => {
          channelOf(userIn(request.headers["x-user"]?.toString())).register(session);
          session.push(START.data, "ready", START.id);
        },
        () => response.destroy(),
      );
    },
    publish(user, updates) {
      const channel = channelOf(user);
      for (const { data, id } of updates) channel.broadcast(data, "job_update", { eventId: id });
    },
  };
}
