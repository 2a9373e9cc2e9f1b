import type { StreamName } from "../child/start-command.ts";
import type { LogBuffer } from "../output/log-buffer.ts";
import { createOutputReader } from "../output/read-output.ts";
import type { Reporter } from "../report/reporter.ts";

export type StreamsReader = {
  read(stream: StreamName, chunk: Uint8Array): void;
  /** Progress was stated in the file: from now on lines are no source of it. */
  progressIsStated(): void;
  /** The lines that have not ended count as well. */
  end(): void;
  /** The last line with something in it: of the errors where the command has them apart. */
  lastLine(): string | undefined;
};

/** What a command writes, as lines of its job's log and as its progress. */
export function readStreams(options: {
  lines: LogBuffer;
  reporter: Pick<Reporter, "linesCame" | "progressed">;
  readsProgress: boolean;
  now: () => number;
}): StreamsReader {
  const { lines, reporter, now } = options;
  let { readsProgress } = options;
  let at = "";
  const last = new Map<StreamName, string>();

  const readerOf = (name: StreamName) =>
    createOutputReader({
      onLine(text) {
        last.set(name, text);
        lines.add(text, at);
      },
      onBinary: () => lines.addBinary(at),
      onProgress(progress) {
        if (readsProgress) reporter.progressed({ progress });
      },
    });
  const readers = { stdout: readerOf("stdout"), stderr: readerOf("stderr") };

  function tell(): void {
    if (!lines.isEmpty()) reporter.linesCame();
  }

  return {
    read(name, chunk) {
      at = new Date(now()).toISOString();
      readers[name].read(chunk);
      tell();
    },
    progressIsStated: () => void (readsProgress = false),
    end() {
      at = new Date(now()).toISOString();
      readers.stdout.end();
      readers.stderr.end();
    },
    lastLine: () => last.get("stderr") ?? last.get("stdout"),
  };
}
