import { randomUUID } from "node:crypto";
import {
  callbackAnswerSchema,
  type RegisterRequest,
  type Registered,
  registeredSchema,
} from "#app/contract/http.ts";
import type { LogBuffer } from "../output/log-buffer.ts";
import type { StatedProgress } from "../output/read-progress.ts";
import { createPause, keepTrying } from "./keep-trying.ts";
import { type Attempt, type Post, post, reasonOf } from "./post.ts";

const BATCH_MS = 500;
const SIGN_OF_LIFE_MS = 30_000;
/** Under the 64 KB that a callback before the last may have. */
const BATCH_BYTES = 48 * 1024;
const LAST_RETRY_MS = 500;

/** The last word on a job. */
export type JobEnd =
  | { status: "completed" }
  | { status: "canceled"; message: string }
  | { status: "failed"; error: { code: string; message: string } };

export type Ending = { kind: "reported" } | { kind: "missed"; reason: string };

/** Where jobs are registered and with which token, or why nowhere. */
export type Receiver = { url: string; token: string | undefined } | { fault: string };

export type Registration = Attempt<Registered>;

export type Reporter = {
  /** How the registration ended. It is tried until it is answered or refused, at the longest until `end` gives up. */
  registered: Promise<Registration>;
  /** Resolves when that was tried once, also where it was in vain. */
  tried: Promise<void>;
  /** There is something new in the log buffer. */
  linesCame(): void;
  /** A message becomes the job's message and a line of its log. */
  progressed(stated: StatedProgress): void;
  /** Reports the rest and the end. Gives up after `withinMs`, or when `aborted`. */
  end(end: JobEnd, withinMs: number, aborted: AbortSignal): Promise<Ending>;
};

export type ReporterOptions = {
  receiver: Receiver;
  job: Pick<RegisterRequest, "title"> & Partial<RegisterRequest>;
  lines: LogBuffer;
  /** The owner wishes that the command stops. Called once. */
  onCancel: () => void;
  batchMs?: number;
  signOfLifeMs?: number;
};

/**
 * Tells jobmon what a command does, in the background and in order: at most every half second what is new, every 30 s
 * that it is alive, each report until it has arrived. Remembers the buffer's lines and one report, whatever happens.
 */
export function createReporter(options: ReporterOptions): Reporter {
  const { lines, batchMs = BATCH_MS, signOfLifeMs = SIGN_OF_LIFE_MS } = options;
  /** Waits that only the end cuts short, and the one that ends with the first news. */
  const [pace, silence] = [createPause(), createPause()];
  const stop = new AbortController();
  let progress: StatedProgress | undefined;
  let lastProgress: number | undefined;
  let last: JobEnd | undefined;
  let wasAskedToStop = false;

  const tried = Promise.withResolvers<void>();
  const registered = register(options);
  const finished = registered.then((outcome) =>
    outcome.kind === "answered" ? follow(outcome.answer) : missed(outcome),
  );

  async function register({ receiver, job }: ReporterOptions): Promise<Registration> {
    if ("fault" in receiver) return { kind: "refused", status: 0, message: receiver.fault };
    const url = `${receiver.url}/api/external/jobs`;
    return deliver({ url, token: receiver.token, body: job, schema: registeredSchema });
  }

  async function follow({ callback_url: url, callback_token: token }: Registered): Promise<Ending> {
    for (;;) {
      await untilDue();
      const isLast = last !== undefined;
      const body = isLast ? { ...nextReport(Infinity), ...last } : nextReport(BATCH_BYTES);
      const outcome = await deliver({ url, token, body, schema: callbackAnswerSchema });
      if (outcome.kind !== "answered") return missed(outcome);
      if (isLast) return { kind: "reported" };
      if (outcome.answer.cancelRequested && !wasAskedToStop) {
        wasAskedToStop = true;
        options.onCancel();
      }
    }
  }

  async function untilDue(): Promise<void> {
    const isNews = (): boolean => last !== undefined || progress !== undefined || !lines.isEmpty();
    if (last === undefined) await pace.wait(batchMs);
    if (!isNews()) await silence.wait(signOfLifeMs - batchMs);
  }

  function nextReport(bytes: number): Record<string, unknown> {
    const logs = lines.take(bytes);
    const body = { ...progress, ...(logs.length === 0 ? {} : { logs }) };
    progress = undefined;
    return body;
  }

  function deliver<Schema extends Post["schema"]>(request: Omit<Post<Schema>, "idempotencyKey">) {
    const whole = { ...request, idempotencyKey: randomUUID() };
    const longestMs = (): number => (last === undefined ? Infinity : LAST_RETRY_MS);
    return keepTrying((stopped) => post(whole, stopped), {
      stopped: stop.signal,
      pause: pace,
      longestMs,
      onUnanswered: tried.resolve,
    });
  }

  return {
    registered,
    tried: tried.promise,
    linesCame: silence.wake,
    progressed(stated) {
      if (stated.message === undefined && stated.progress === lastProgress) return;
      lastProgress = stated.progress;
      progress = { ...progress, ...stated };
      silence.wake();
    },
    async end(end, withinMs, aborted) {
      last = end;
      pace.wake();
      silence.wake();
      const giveUp = (): void => stop.abort();
      const timer = setTimeout(giveUp, withinMs);
      aborted.addEventListener("abort", giveUp);
      if (aborted.aborted) giveUp();
      try {
        return await finished;
      } finally {
        clearTimeout(timer);
        aborted.removeEventListener("abort", giveUp);
      }
    },
  };
}

function missed(outcome: Exclude<Attempt<unknown>, { kind: "answered" }>): Ending {
  return { kind: "missed", reason: reasonOf(outcome) };
}
