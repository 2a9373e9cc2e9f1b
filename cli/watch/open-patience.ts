import { watchTexts } from "#app/locales/terminal-watch.ts";
import type { Io } from "../io.ts";
import type { Server } from "../open-server.ts";
import { secondsUntil } from "../tail/connection-talk.ts";
import type { JobsView } from "../tail/jobs-view.ts";
import { createPatience, type Patience } from "./patience.ts";

/** Patience that says once that nobody answers, and once that somebody does. */
export function openPatience(options: {
  io: Io;
  server: Pick<Server, "url">;
  view: Pick<JobsView, "say">;
  aborted: AbortSignal;
  maxRetries: number | undefined;
}): Patience {
  const { io, server, view, aborted, maxRetries } = options;
  const { noAnswerYet, connected } = watchTexts[io.environment.locale];
  let isWaiting = false;
  return createPatience({
    maxRetries,
    aborted,
    now: io.now,
    onRetry({ retryAt }) {
      if (isWaiting) return;
      isWaiting = true;
      view.say(`-- ${noAnswerYet({ url: server.url, seconds: secondsUntil(retryAt, io.now()) })} --`);
    },
    onAnswer() {
      if (isWaiting) view.say(`-- ${connected} --`);
      isWaiting = false;
    },
  });
}
