import type { JobLog } from "#app/contract/job.ts";
import type { Output } from "../io.ts";
import type { OutputForm } from "../options/shared-options.ts";
import type { Look } from "../render/look.ts";
import { renderLog } from "../render/log-lines.ts";

export type LogPrinter = {
  /** Prints lines of a job, the first of them the one with index `from`. */
  print(jobId: string, from: number, entries: readonly JobLog[]): void;
  /** Nothing more will come. */
  end(): void;
};

/**
 * Writes log lines as text, as NDJSON in the stream's own form, or as one JSON document; that one is written line by
 * line too when the log is followed, because nobody knows its end.
 */
export function createLogPrinter(
  out: Pick<Output, "write">,
  { output, follow = false, look }: { output: OutputForm; follow?: boolean; look: Look },
): LogPrinter {
  const all: unknown[] = [];
  const isDocument = output === "json" && !follow;

  return {
    print(jobId, from, entries) {
      for (const [offset, entry] of entries.entries()) {
        const line = { type: "job_log", jobId, index: from + offset, entry };
        if (isDocument) all.push(line);
        else if (output === "text") out.write(`${renderLog(entry, look).join("\n")}\n`);
        else out.write(`${JSON.stringify(line)}\n`);
      }
    },
    end() {
      if (isDocument) out.write(`${JSON.stringify(all, null, 2)}\n`);
    },
  };
}
