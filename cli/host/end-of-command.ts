import type { RunTexts } from "#app/locales/terminal-run.ts";
import type { CommandEnd } from "../child/start-command.ts";
import type { JobEnd } from "../report/reporter.ts";

/** What was done to a command while it ran. */
export type Interference = {
  /** The owner wished it to stop, and it was asked to. */
  isCanceled?: boolean;
  /** It was asked to stop because it took so long; in words. */
  timedOutAfter?: string;
  /** A signal that asks for an end reached us. */
  signal?: NodeJS.Signals;
};

/**
 * What the end of a command is for its job. A command that ends well has completed, whatever was done to it; else the
 * reason is ours where we or a person ended it, and its own last line where it failed.
 */
export function endOf(
  end: CommandEnd,
  { isCanceled, timedOutAfter, signal }: Interference,
  lastLine: string | undefined,
  texts: RunTexts,
): JobEnd {
  if (end.kind === "exited" && end.code === 0) return { status: "completed" };
  if (timedOutAfter !== undefined) {
    return failed("timeout", texts.timedOut({ duration: timedOutAfter }));
  }
  if (isCanceled) return { status: "canceled", message: texts.canceled };
  if (signal !== undefined) return { status: "canceled", message: texts.endedBySignal({ signal }) };
  if (end.kind === "signaled") {
    return failed(end.signal, lastLine ?? texts.endedBySignal({ signal: end.signal }));
  }
  if (end.kind === "not_started") return failed(`exit_${end.code}`, notStarted(end, texts));
  return failed(`exit_${end.code}`, lastLine ?? texts.exitCode({ code: end.code }));
}

/** Why a command did not begin, in a shell's words. */
export function notStarted(
  { reason }: Extract<CommandEnd, { kind: "not_started" }>,
  { reasons }: RunTexts,
): string {
  return reason === "ENOENT" || reason === "EACCES" ? reasons[reason] : reason;
}

function failed(code: string, message: string): JobEnd {
  return { status: "failed", error: { code, message } };
}
