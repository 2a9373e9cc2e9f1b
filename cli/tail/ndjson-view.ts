import type { Io } from "../io.ts";
import { connectionLine } from "./connection-talk.ts";
import type { JobsView } from "./jobs-view.ts";

/** One JSON object a line: the stream's events with their fields unchanged, and the cursor to resume from. */
export function createNdjsonView(
  { stdout, stderr, now }: Pick<Io, "stdout" | "stderr" | "now">,
  options: { includeConnection: boolean },
): JobsView {
  const write = (object: Record<string, unknown>): void => stdout.write(`${JSON.stringify(object)}\n`);
  return {
    change: (job, cursor) => write({ type: "job_update", cursor, ...job }),
    remove: (jobId, cursor) => write({ type: "job_removed", cursor, jobId }),
    connection(connection) {
      if (options.includeConnection) write(connectionLine(connection, now()));
    },
    say: (text) => stderr.write(`${text}\n`),
    close() {},
  };
}
