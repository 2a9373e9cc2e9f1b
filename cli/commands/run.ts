import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import { runTexts } from "#app/locales/terminal-run.ts";
import { textFor } from "#app/locales/text-for.ts";
import { forwardSignals } from "../child/forward-signals.ts";
import { exitCodeOfCommand, startCommand } from "../child/start-command.ts";
import { variablesForCommand } from "../environment.ts";
import { EXIT } from "../exit-codes.ts";
import { endOf, type Interference, notStarted } from "../host/end-of-command.ts";
import { findReceiver } from "../host/find-receiver.ts";
import { readStreams } from "../host/read-streams.ts";
import { createStopper } from "../host/stop-command.ts";
import { titleOf } from "../host/title-of.ts";
import { createLogBuffer } from "../output/log-buffer.ts";
import { watchProgressFile } from "../output/progress-file.ts";
import { safeLine } from "../render/safe-line.ts";
import { reasonOf } from "../report/post.ts";
import { createReporter, type Registration, type Reporter } from "../report/reporter.ts";
import type { RunInvocation } from "./run.command.ts";

/** How long the command waits for its job, and our end for the report of its own: less where nobody ever answered. */
const START_WITHIN_MS = 2_000;
const REPORT_WITHIN_MS = 10_000;
const UNANSWERED_WITHIN_MS = 1_000;
/** A timer of more than 24 days would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** A host that is gone is told from a quiet command after four signs of life. */
const STALL_AFTER_SECONDS = 120;

/**
 * `jobmon run`: the command in our place and its end as our exit code, whatever becomes of the reports. A wish to cancel
 * and the timeout end it; signals are its own.
 */
export async function run({ io, args, given }: RunInvocation): Promise<number> {
  const { environment, now } = io;
  const texts = runTexts[environment.locale];
  const [file = "", ...rest] = args;
  const interference: Interference = {};
  const stopper = createStopper(given.grace.ms);
  const lines = createLogBuffer(texts);
  const receiver = await findReceiver(environment, given);

  const reporter = createReporter({
    receiver,
    job: {
      title: given.title ?? titleOf(args),
      kind: given.kind ?? "command",
      stallAfterSeconds: STALL_AFTER_SECONDS,
    },
    lines,
    onCancel() {
      interference.isCanceled = true;
      stopper.stop();
    },
  });
  const registration = await within(START_WITHIN_MS, reporter);
  if (!given.quiet) tell(firstLine(registration));

  const streams = readStreams({ lines, reporter, readsProgress: !given.noProgress, now });
  const progressFile = watchProgressFile(environment.progressFile, (stated) => {
    streams.progressIsStated();
    reporter.progressed(stated);
  });
  const window = isatty(1) ? io.stdout : io.stderr;
  const command = startCommand({
    file,
    args: rest,
    env: variablesForCommand({ progressFile: progressFile.path, job: jobOf(registration) }),
    ...(given.noLogs ? {} : { onBytes: streams.read }),
    size: () => ({ columns: window.columns(), rows: window.rows() }),
    onResize: window.onResize,
  });
  stopper.began(command.pid);

  const timer = given.timeout && setTimeout(timeOut, Math.min(given.timeout.ms, LONGEST_TIMER_MS));
  const impatience = new AbortController();
  let isOver = false;
  const release = forwardSignals({
    isOnTerminal: [0, 1, 2].some((fd) => isatty(fd)),
    forward: command.signal,
    onEnding(signal) {
      interference.signal = signal;
      if (isOver) impatience.abort();
    },
  });

  const end = await command.ended;
  isOver = true;
  await stopper.gone();
  clearTimeout(timer);
  streams.end();
  progressFile.close();
  if (end.kind === "not_started") tell(`${safeLine(file)}: ${notStarted(end, texts)} (${end.code})`);

  const lastWord = endOf(end, interference, streams.lastLine(), texts);
  const withinMs = registration?.kind === "answered" ? REPORT_WITHIN_MS : UNANSWERED_WITHIN_MS;
  const ending = await reporter.end(lastWord, withinMs, impatience.signal);
  release();
  if (ending.kind === "missed" && registration?.kind !== "refused" && !given.quiet)
    tell(texts.missed({ reason: inWords(ending.reason) }));
  return interference.timedOutAfter === undefined ? exitCodeOfCommand(end) : EXIT.timedOut;

  function inWords(reason: string): string {
    return textFor(texts.unanswered, reason) ?? reason;
  }

  function timeOut(): void {
    interference.timedOutAfter = given.timeout?.text ?? "";
    stopper.stop();
  }

  function firstLine(registered: Registration | undefined): string {
    if (registered === undefined) return texts.notYet({ url: "url" in receiver ? receiver.url : "" });
    if (registered.kind !== "answered") return texts.withoutJobmon({ reason: inWords(reasonOf(registered)) });
    const { jobId } = registered.answer;
    return texts.started({ jobId, link: "url" in receiver ? `${receiver.url}/jobs/${jobId}` : "" });
  }
}

function jobOf(registration: Registration | undefined) {
  return registration?.kind === "answered" ? registration.answer : undefined;
}

/** The registration, where it is answered or refused at once; a command does not wait for a server that is away. */
function within(milliseconds: number, { registered, tried }: Reporter): Promise<Registration | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, milliseconds));
  return Promise.race([registered, tried.then(() => undefined), late]);
}

/** One line of ours, past everything that could fail: nobody may be reading it, and the command has to go on. */
function tell(line: string): void {
  try {
    writeSync(2, `jobmon: ${safeLine(line)}\n`);
  } catch {
    // Whoever has closed stderr does not want to know.
  }
}
