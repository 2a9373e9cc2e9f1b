import { defined } from "#app/contract/defined.ts";
import { registeredSchema } from "#app/contract/http.ts";
import { findServer } from "../config/find-server.ts";
import { EXIT } from "../exit-codes.ts";
import { explain } from "../failures.ts";
import type { Duration } from "../options/readers.ts";
import { failedAttempt } from "../report/failed-attempt.ts";
import { sendOnce } from "../report/send-once.ts";
import { untilSignal } from "../until-signal.ts";
import type { CreateInvocation } from "./report.command.ts";

/** `jobmon create`: registers one job, however often that is tried, and prints the registration as one line of JSON. */
export function create({ io, given }: CreateInvocation): Promise<number> {
  const { locale } = io.environment;
  const { title, kind, correlation } = given;
  return untilSignal(io, async (aborted) => {
    const { url, token } = await findServer(io.environment, given);
    const times = defined({
      stallAfterSeconds: seconds(given.stallAfter),
      timeoutSeconds: seconds(given.timeout),
    });
    const body = { title, ...defined({ kind, correlation }), ...times };
    const request = { url: `${url}/api/external/jobs`, token, body, schema: registeredSchema };
    const outcome = await sendOnce(request, given.retryFor.ms, aborted);
    if (outcome.kind !== "answered") throw explain(failedAttempt(outcome), { url, locale });
    io.stdout.write(`${JSON.stringify(outcome.answer)}\n`);
    return EXIT.ok;
  });
}

function seconds(duration: Duration | undefined): number | undefined {
  return duration && Math.ceil(duration.ms / 1000);
}
