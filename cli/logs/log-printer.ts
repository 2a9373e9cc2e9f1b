import type { JobLog } from "#app/contract/job.ts";
import type { Io } from "../io.ts";
import { logText, renderLog } from "../render/log-lines.ts";
import type { Look } from "../render/look.ts";
import { safeLines } from "../render/safe-line.ts";
import type { Stamp } from "../render/stamp.ts";

export type LogPrinter = {
  /** Prints lines of a job that were learnt at `cursor`, the first of them `from`; with `most` the last that many. */
  print(lines: {
    jobId: string;
    from: number;
    entries: readonly JobLog[];
    cursor: string;
    most?: number;
  }): void;
  /** Nothing more will come. */
  end(): void;
};

const LEVELS: readonly JobLog["level"][] = ["debug", "info", "warn", "error"];

/**
 * Writes log lines as text, as their text alone, as NDJSON in the stream's own form, or as one JSON document; that one
 * is written line by line too when the log is followed, because nobody knows its end.
 */
export function createLogPrinter(
  { stdout, now }: Pick<Io, "stdout" | "now">,
  options: {
    output: "text" | "raw" | "json" | "ndjson";
    follow: boolean;
    level: JobLog["level"];
    timestamps: Stamp["form"];
    utc: boolean;
    details: boolean;
    look: Look;
  },
): LogPrinter {
  const { output, follow, look, details, timestamps, utc } = options;
  const least = LEVELS.indexOf(options.level);
  const all: unknown[] = [];
  const isDocument = output === "json" && !follow;

  function write(entry: JobLog, line: object): void {
    if (isDocument) all.push(line);
    else if (output === "raw") stdout.write(`${safeLines(logText(entry)).join("\n")}\n`);
    else if (output === "text") {
      const stamp = { form: timestamps, utc, now: now() };
      stdout.write(`${renderLog(entry, { look, stamp, details }).join("\n")}\n`);
    } else stdout.write(`${JSON.stringify(line)}\n`);
  }

  return {
    print({ jobId, from, entries, cursor, most = Infinity }) {
      const lines = entries
        .map((entry, at) => ({ entry, index: from + at }))
        .filter(({ entry }) => LEVELS.indexOf(entry.level) >= least);
      for (const { entry, index } of most === Infinity ? lines : lines.slice(-most)) {
        write(entry, { type: "job_log", cursor, jobId, index, entry });
      }
    },
    end() {
      if (isDocument) stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    },
  };
}
