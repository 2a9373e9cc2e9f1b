import { type Registered, registeredSchema } from "#app/contract/http.ts";
import { openServer } from "../open-server.ts";
import { explain } from "../failures.ts";
import { failedAttempt } from "../report/failed-attempt.ts";
import { sendOnce } from "../report/send-once.ts";
import { untilSignal } from "../until-signal.ts";
import type { FollowInvocation } from "./follow.command.ts";
import { logs } from "./logs.ts";

const PATIENCE_MS = 60_000;

/** `jobmon follow`: registers a job that the server follows itself, then its log to the end, as `jobmon logs -f`. */
export async function follow(invocation: FollowInvocation): Promise<number> {
  const { io, args, given } = invocation;
  const { locale } = io.environment;
  const [processId = ""] = args;
  const { url, token } = await openServer(io.environment, given);
  const body = { title: given.title ?? processId, processId, follow: true };
  let registered: Registered | undefined;
  const code = await untilSignal(io, async (aborted) => {
    const request = { url: `${url}/api/external/jobs`, token, body, schema: registeredSchema };
    const outcome = await sendOnce(request, PATIENCE_MS, aborted);
    if (outcome.kind !== "answered") throw explain(failedAttempt(outcome), { url, locale });
    registered = outcome.answer;
    return 0;
  });
  if (registered === undefined) return code;
  const shown = { lines: 50, follow: true, level: "debug", timestamps: "short", utc: false } as const;
  return logs({ ...invocation, args: [registered.jobId], given: { ...given, ...shown } });
}
