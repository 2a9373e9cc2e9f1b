import { ApiError, type JobsApi } from "#app/client/jobs-api.ts";
import { watchTexts } from "#app/locales/terminal-watch.ts";
import { CliError, failureOf } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { explain } from "../failures.ts";
import { openServer } from "../open-server.ts";
import { safeLine } from "../render/safe-line.ts";
import { resolveJobId } from "../resolve-job-id.ts";
import type { OwnerInvocation } from "./cancel.command.ts";

/** `jobmon cancel`: asks each job to stop, in the order given; ends with the first that cannot be asked. */
export function cancel(invocation: OwnerInvocation): Promise<number> {
  const texts = watchTexts[invocation.io.environment.locale];
  return eachJob(invocation, texts.alreadyFinal, async (api, jobId) => {
    const answer = await api.cancel(jobId);
    const says = answer.status === "canceled" ? texts.canceled : texts.cancelAsked;
    return { says: says({ jobId: safeLine(jobId) }), line: { type: "cancel", jobId, ...answer } };
  });
}

/** `jobmon rm`: removes each job, in the order given; ends with the first that has not ended. */
export function remove(invocation: OwnerInvocation): Promise<number> {
  const texts = watchTexts[invocation.io.environment.locale];
  return eachJob(invocation, texts.notFinal, async (api, jobId) => {
    await api.remove(jobId);
    return { says: texts.removed({ jobId: safeLine(jobId) }), line: { type: "job_removed", jobId } };
  });
}

type Done = { says: string; line: object };
type Refused = { message: (values: { jobId: string }) => string; hint: string };

async function eachJob(
  { io, args, given }: OwnerInvocation,
  refused: Refused,
  act: (api: JobsApi, jobId: string) => Promise<Done>,
): Promise<number> {
  const { locale } = io.environment;
  const { url, api } = await openServer(io.environment, given);
  for (const name of args) {
    try {
      const { says, line } = await act(api, await resolveJobId(api, name, locale));
      if (given.output === "text") io.stderr.write(`${says}\n`);
      else io.stdout.write(`${JSON.stringify({ ...line, cursor: (await api.list({ limit: 1 })).head })}\n`);
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) {
        const failure = failureOf(refused, { jobId: safeLine(name) });
        throw new CliError(failure, EXIT.unavailable, { cause: error });
      }
      throw explain(error, { url, locale, jobId: name });
    }
  }
  return EXIT.ok;
}
