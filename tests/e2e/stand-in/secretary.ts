import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import type { z } from "zod";
import { answerSchema, scriptSchema, type SeenRequest } from "./script.ts";

/**
 * A stand-in of the Secretary as a process of its own: `node secretary.ts <key> [port]`. It speaks HTTP and SSE as
 * secretary-contract says; `PUT /script` says what of which path, `GET /requests` what was asked.
 */
const [, , KEY = "", PORT = "0"] = process.argv;
const HEARTBEAT_MS = 15_000;

type Answer = z.infer<typeof answerSchema>;
const script = new Map<string, Answer[]>();
const seen: SeenRequest[] = [];

function write(response: ServerResponse, { event, data }: { event: string; data?: unknown }): string {
  const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  response.write(text);
  return text;
}

function openStream(response: ServerResponse): void {
  response.writeHead(200, {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache",
  });
  const timer = setInterval(() => response.write(": heartbeat\n\n"), HEARTBEAT_MS);
  response.on("close", () => clearInterval(timer));
}

async function give(answer: Answer, response: ServerResponse): Promise<void> {
  if ("hang" in answer) return;
  if ("redirect" in answer) return void response.writeHead(302, { Location: answer.redirect }).end();
  if ("status" in answer) {
    const body = answer.body ?? { status: "error", error: { code: `HTTP_${answer.status}` } };
    return void response
      .writeHead(answer.status, { "Content-Type": "application/json" })
      .end(JSON.stringify(body));
  }
  if ("file" in answer) {
    const bytes = Buffer.from(answer.file, "base64");
    response.writeHead(200, {
      "Content-Type": "application/octet-stream",
      "Content-Length": bytes.byteLength,
      "Content-Disposition": 'attachment; filename="file"',
      ...answer.headers,
    });
    if (answer.cutAfter === undefined) return void response.end(bytes);
    response.write(bytes.subarray(0, answer.cutAfter), () => response.destroy());
    return;
  }
  openStream(response);
  if ("half" in answer) {
    const text = `event: ${answer.half.event}\ndata: ${JSON.stringify(answer.half.data)}`;
    response.write(text.slice(0, text.length / 2), () => response.destroy());
    return;
  }
  for (const { afterMs = 0, ...event } of answer.events) {
    if (afterMs > 0) await wait(afterMs);
    write(response, event);
  }
  if (answer.end === "cut") {
    // What was said is on its way before the connection goes.
    await wait(100);
    response.destroy();
  }
  if (answer.end === "close") response.end();
}

const unknownJob = (path: string): Answer => ({
  events: [
    {
      event: "error",
      data: { phase: "error", message: "Job nicht gefunden", job: { id: path.split("/").at(-2) } },
    },
  ],
  end: "close",
});

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? "/";
  if (request.method === "PUT" && path === "/script") {
    for (const [name, answers] of Object.entries(scriptSchema.parse(await json(request)))) {
      script.set(name, answers);
    }
    return void response.writeHead(204).end();
  }
  if (path === "/requests") return void response.end(JSON.stringify(seen));
  const { authorization } = request.headers;
  seen.push({ path, at: Date.now(), ...(authorization && { authorization }) });
  if (authorization !== `Bearer ${KEY}`) return give({ status: 401 }, response);
  const answers = script.get(path);
  const answer = (answers && answers.length > 1 ? answers.shift() : answers?.[0]) ?? undefined;
  if (answer !== undefined) return give(answer, response);
  return give(path.endsWith("/stream") ? unknownJob(path) : { status: 404 }, response);
}

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    console.error(error);
    response.destroy();
  });
});
server.listen(Number(PORT), "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") console.log(`listening on ${address?.port}`);
});
