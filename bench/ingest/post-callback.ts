import { type Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { callbackAnswerSchema } from "#app/contract/http.ts";
import type { Target } from "./jobs.ts";

const TIMEOUT_MS = 60_000;

/**
 * Posts one callback as the Secretary does, token in both headers. Rejects unless it was answered 200 `applied:true`;
 * resolves with the milliseconds until the answer was read.
 */
export async function postCallback(target: Target, body: Buffer, agent: Agent): Promise<number> {
  const startedAt = performance.now();
  target.sent += 1;
  const response = await send(target, body, agent);
  const answer = await text(response);
  const ms = performance.now() - startedAt;
  if (response.statusCode !== 200)
    throw new Error(`void: a callback was answered ${response.statusCode} ${answer}`);
  const { applied, revision } = callbackAnswerSchema.parse(JSON.parse(answer));
  if (!applied) throw new Error(`void: a callback was not applied: ${answer}`);
  target.revision = Math.max(target.revision, revision);
  return ms;
}

function send({ url, token }: Target, body: Buffer, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      "Content-Type": "application/json",
      "Content-Length": body.byteLength,
      Authorization: `Bearer ${token}`,
      "X-Callback-Token": token,
    };
    const { hostname, port, pathname: path } = url;
    const options = { method: "POST", hostname, port, path, headers, agent, timeout: TIMEOUT_MS };
    const posting = request(options, resolve);
    posting.once("error", reject);
    posting.once("timeout", () => posting.destroy(new Error(`void: no answer for ${TIMEOUT_MS / 1000} s`)));
    posting.end(body);
  });
}
