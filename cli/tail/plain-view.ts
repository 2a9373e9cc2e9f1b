import type { Locale } from "#app/locales/locale.ts";
import type { Io } from "../io.ts";
import { renderPlainLine, renderPlainLog } from "../render/plain-line.ts";
import { createConnectionTalk } from "./connection-talk.ts";
import type { JobsView } from "./jobs-view.ts";

/** Without a terminal: one line per change of status, percent or message, and the state of the connection on stderr. */
export function createPlainView(
  { stdout, stderr, now }: Pick<Io, "stdout" | "stderr" | "now">,
  locale: Locale,
): JobsView {
  const talk = createConnectionTalk(locale);
  const printed = new Map<string, string>();
  const say = (text: string): void => stderr.write(`${text}\n`);
  return {
    change(job) {
      const line = renderPlainLine(job);
      const content = line.slice(line.indexOf("\t"));
      if (printed.get(job.jobId) === content) return;
      printed.set(job.jobId, content);
      stdout.write(`${line}\n`);
    },
    hide() {},
    remove: (jobId) => void printed.delete(jobId),
    log(job, _, entries) {
      for (const entry of entries) stdout.write(`${renderPlainLog(job, entry)}\n`);
    },
    connection(connection, caughtUp) {
      const said = talk(connection, now(), caughtUp);
      if (said !== undefined) say(said);
    },
    say,
    close() {},
  };
}
