import type { Connection } from "#app/client/connection.ts";
import type { Locale } from "#app/locales/locale.ts";
import type { Io } from "../io.ts";
import { connectionLine, createConnectionTalk } from "./connection-talk.ts";
import type { JobsView } from "./jobs-view.ts";

/**
 * One JSON object a line: the stream's events with their fields unchanged, and the cursor to resume from. The state of
 * the connection is one too where it is asked for; it is told on stderr in any case.
 */
export function createNdjsonView(
  { stdout, stderr, now }: Pick<Io, "stdout" | "stderr" | "now">,
  { includeConnection, locale }: { includeConnection: boolean; locale: Locale },
): JobsView {
  const talk = createConnectionTalk(locale);
  let place: string | null = null;
  const write = (type: string, cursor: string | null, fields: object): void => {
    place = cursor;
    stdout.write(`${JSON.stringify({ type, cursor, ...fields })}\n`);
  };
  const say = (text: string): void => stderr.write(`${text}\n`);
  const tellConnection = (connection: Connection): void => {
    const { type, ...fields } = connectionLine(connection, now());
    write(type, place, fields);
  };
  return {
    change: (job, cursor) => write("job_update", cursor, job),
    hide() {},
    remove: (jobId, cursor) => write("job_removed", cursor, { jobId }),
    log({ jobId }, from, entries, cursor) {
      for (const [at, entry] of entries.entries()) {
        write("job_log", cursor, { jobId, index: from + at, entry });
      }
    },
    connection(connection, caughtUp) {
      if (includeConnection) tellConnection(connection);
      const said = talk(connection, now(), caughtUp);
      if (said !== undefined) say(said);
    },
    say,
    close() {},
  };
}
