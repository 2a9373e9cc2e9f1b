import type { JobDetail } from "#app/contract/http.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { exitCodeOf, EXIT } from "../exit-codes.ts";
import { explain, explainEnd } from "../failures.ts";
import { followLog } from "../logs/follow-log.ts";
import { createLogPrinter } from "../logs/log-printer.ts";
import { openServer } from "../open-server.ts";
import { lookFor } from "../output-options.ts";
import { endText } from "../render/job-texts.ts";
import { resolveJobId } from "../resolve-job-id.ts";
import { createConnectionTalk } from "../tail/connection-talk.ts";
import { untilSignal } from "../until-signal.ts";
import { openPatience } from "../watch/open-patience.ts";
import type { LogsInvocation } from "./logs.command.ts";

/** Where lines of lower levels are left out, as many are read as are kept. */
const KEPT = 500;

/**
 * `jobmon logs`: the last lines of a job, 0; with `follow` every further one until the job has ended, then the code of
 * that end (exit table). Each line once, also over disconnects.
 */
export async function logs({ io, args, given }: LogsInvocation): Promise<number> {
  const { lines, follow, level } = given;
  const [name = ""] = args;
  const { locale } = io.environment;
  const server = await openServer(io.environment, given);
  const { url, api } = server;
  const printer = createLogPrinter(io, { ...given, look: lookFor(io, given) });
  const talk = createConnectionTalk(locale);
  const view = { say: (text: string): void => io.stderr.write(`${text}\n`) };

  return untilSignal(io, async (aborted) => {
    const maxRetries = given.maxRetries ?? (follow ? undefined : 0);
    const patience = openPatience({ io, server, view, aborted, maxRetries });
    async function read(): Promise<{ detail: JobDetail; head: string }> {
      const jobId = await resolveJobId(api, name, locale);
      // The head comes first: whatever happens after it is in the stream.
      const { head } = await api.list({ limit: 1 });
      return { detail: await api.detail(jobId, level === "debug" ? lines : KEPT), head };
    }
    try {
      const { detail, head } = await patience.ask(read);
      const { jobId } = detail;
      printer.print({ jobId, from: detail.logsFrom, entries: detail.logs, cursor: head, most: lines });
      if (!follow) {
        printer.end();
        return EXIT.ok;
      }
      const end = await followLog({
        server,
        patience,
        detail,
        aborted,
        cursor: head,
        onLines: (from, entries, cursor) => printer.print({ jobId, from, entries, cursor }),
        onGap: (count) => view.say(`-- ${terminalTexts[locale].missedLines({ count })} --`),
        onConnection(connection, caughtUp) {
          const said = talk(connection, io.now(), caughtUp);
          if (said !== undefined) view.say(said);
        },
      });
      printer.end();
      if ("problem" in end) throw explainEnd(end.problem, { url, locale, jobId: name });
      view.say(endText(end.job, io.now(), locale));
      return exitCodeOf(end.job) ?? EXIT.ok;
    } catch (error) {
      throw explain(error, { url, locale, jobId: name });
    }
  });
}
