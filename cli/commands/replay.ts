import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { defined } from "#app/contract/defined.ts";
import { type CallbackAnswer, callbackAnswerSchema, registeredSchema } from "#app/contract/http.ts";
import { runTexts } from "#app/locales/terminal-run.ts";
import { findServer } from "../config/find-server.ts";
import { fillIn, type Script, scriptSchema } from "../demo/script.ts";
import { EXIT } from "../exit-codes.ts";
import { explain } from "../failures.ts";
import { refuse } from "../options/readers.ts";
import { safeLine } from "../render/safe-line.ts";
import { failedAttempt } from "../report/failed-attempt.ts";
import { readText } from "../report/find-job.ts";
import type { Post } from "../report/post.ts";
import { sendOnce } from "../report/send-once.ts";
import { untilSignal } from "../until-signal.ts";
import type { ReplayInvocation } from "./replay.command.ts";

const RETRY_MS = 60_000;

/** `jobmon replay`: one job as a recording has it, over HTTP alone. 3 where an answer is other than recorded. */
export function replay({ io, args, given }: ReplayInvocation): Promise<number> {
  const { environment } = io;
  const { locale } = environment;
  return untilSignal(io, async (aborted) => {
    const path = args[0] ?? "-";
    const { title, kind, registration, callbacks } = readScript(await readText(path, environment), path);
    const { url, token } = await findServer(environment, given);

    async function send<Schema extends Post["schema"]>(request: Omit<Post<Schema>, "idempotencyKey">) {
      const outcome = await sendOnce(request, RETRY_MS, aborted);
      if (outcome.kind !== "answered") throw explain(failedAttempt(outcome), { url, locale });
      return outcome.answer;
    }

    const body = { title, ...defined({ kind }), ...registration };
    const job = await send({ url: `${url}/api/external/jobs`, token, body, schema: registeredSchema });
    const { jobId, callback_url, callback_token: callbackToken } = job;
    if (given.output === "text") io.stdout.write(`${jobId}\t${safeLine(title)}\n`);
    const ids = { jobId, callbackToken, processId: `job-${randomUUID()}` };
    let exitCode: number = EXIT.ok;
    for (const [at, { afterMs, body: recorded, expect = {} }] of callbacks.entries()) {
      await sleep(afterMs / given.speed);
      aborted.throwIfAborted();
      const request = { url: callback_url, token: callbackToken, body: fillIn(recorded, ids) };
      const answer = await send({ ...request, schema: callbackAnswerSchema });
      io.stdout.write(`${lineOf(at, answer, jobId, given.output)}\n`);
      const isAsRecorded = Object.entries(expect).every(([name, value]) =>
        isDeepStrictEqual(Reflect.get(answer, name), value),
      );
      if (isAsRecorded) continue;
      exitCode = EXIT.jobFailed;
      io.stderr.write(
        `jobmon: ${runTexts[locale].notAsRecorded({ step: at + 1 })} ${JSON.stringify(expect)}\n`,
      );
    }
    return exitCode;
  });

  function readScript(text: string, path: string): Script {
    try {
      return scriptSchema.parse(JSON.parse(text));
    } catch {
      return refuse(locale, runTexts[locale].noScript({ path: safeLine(path) }));
    }
  }
}

function lineOf(at: number, answer: CallbackAnswer, jobId: string, output: string): string {
  if (output !== "text") return JSON.stringify({ type: "callback", step: at + 1, jobId, ...answer });
  const { applied, reason = "-", status, revision } = answer;
  return [at + 1, status, applied ? "applied" : "not applied", reason, revision].join("\t");
}
