import { terminalTexts } from "#app/locales/terminal.ts";
import { exitCodeOf, EXIT } from "../exit-codes.ts";
import { explain, explainEnd } from "../failures.ts";
import { followLog } from "../logs/follow-log.ts";
import { createLogPrinter } from "../logs/log-printer.ts";
import { lookFor } from "../output-options.ts";
import { openServer } from "../open-server.ts";
import { endText } from "../render/job-texts.ts";
import { resolveJobId } from "../resolve-job-id.ts";
import { createConnectionTalk } from "../tail/connection-talk.ts";
import { untilSignal } from "../until-signal.ts";
import type { LogsInvocation } from "./logs.command.ts";

/**
 * `jobmon logs`: the last lines of a job, 0; with `follow` every further one until the job has ended, then the code of
 * that end (exit table). Each line once, also over disconnects.
 */
export async function logs({ io, args, given }: LogsInvocation): Promise<number> {
  const { lines, follow } = given;
  const [job = ""] = args;
  const { url, api, fetch } = await openServer(io.environment, given);
  const { locale } = io.environment;
  const printer = createLogPrinter(io.stdout, { ...given, look: lookFor(io, given) });
  const talk = createConnectionTalk(locale);

  return untilSignal(io, async (aborted) => {
    try {
      const jobId = await resolveJobId(api, job, locale);
      // The head comes first: whatever happens after it is in the stream.
      const { head } = await api.list({ limit: 1 });
      const detail = await api.detail(jobId, lines);
      printer.print(detail.jobId, detail.logsFrom, detail.logs);
      if (!follow) {
        printer.end();
        return EXIT.ok;
      }
      const end = await followLog({
        api,
        fetch,
        detail,
        cursor: head,
        aborted,
        onLines: (from, entries) => printer.print(detail.jobId, from, entries),
        onGap: (count) => io.stderr.write(`-- ${terminalTexts[locale].missedLines({ count })} --\n`),
        onConnection(connection) {
          const said = talk(connection, io.now());
          if (said !== undefined) io.stderr.write(`${said}\n`);
        },
      });
      printer.end();
      if ("problem" in end) throw explainEnd(end.problem, { url, locale, jobId: job });
      io.stderr.write(`${endText(end.job, io.now(), locale)}\n`);
      return exitCodeOf(end.job.status) ?? EXIT.ok;
    } catch (error) {
      throw explain(error, { url, locale, jobId: job });
    }
  });
}
