import { setImmediate as turnEnds } from "node:timers/promises";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createRequestListener } from "@remix-run/node-fetch-server";
import compression from "compression";
import { expect, it } from "vitest";
import { frame } from "./feed-event.ts";
import { liveClock } from "./live-clock.server.ts";
import { eventStreamResponse, type Wire, writeStraightTo } from "./event-stream-response.server.ts";

it("says that it is an event stream which nobody may hold back", () => {
  const { response } = open();
  expect(Object.fromEntries(response.headers)).toEqual({
    "content-type": "text/event-stream",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
  });
});

it("is neither compressed nor held back by the usual middleware", async () => {
  const { response, send, wire } = open();
  const compressed = compression();
  const server = createServer((request, answer) => {
    compressed(Object.assign(request), Object.assign(answer), () => {
      answer.writeHead(200, Object.fromEntries(response.headers));
      Readable.from(response.body ?? []).pipe(answer);
    });
  }).listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  send(frame("heartbeat", JSON.stringify({ head: "x".repeat(2_000) })));
  const answer = await fetch(`http://localhost:${port}`, { headers: { "Accept-Encoding": "gzip, br" } });
  expect(answer.headers.get("Content-Encoding")).toBe(null);
  const reader = answer.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("event: heartbeat");
  wire.close();
  await reader?.cancel();
  server.close();
  server.closeAllConnections();
});

it("writes whole events, all of them, in order", async () => {
  const { response, send, wire } = open();
  send(frame("ready", '{"head":"k3x.7"}', "k3x.7"));
  send(
    frame("job_removed", '{"jobId":"\\r\\nevent: bye\\n\\ndata: x"}') +
      frame("heartbeat", '{"head":"k3x.7"}'),
  );
  wire.close();
  expect(await response.text()).toBe(
    'event: ready\nid: k3x.7\ndata: {"head":"k3x.7"}\n\n' +
      'event: job_removed\ndata: {"jobId":"\\r\\nevent: bye\\n\\ndata: x"}\n\n' +
      'event: heartbeat\ndata: {"head":"k3x.7"}\n\n',
  );
});

it("makes one write of what is sent in one turn", async () => {
  const { response, send } = open();
  const chunks: string[] = [];
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const first = reader?.read();
  for (let n = 0; n < 5; n++) send(frame("heartbeat", `{"head":"k3x.${n}"}`));
  chunks.push((await first)?.value ?? "");
  const second = reader?.read();
  await turnEnds();
  send(frame("heartbeat", '{"head":"k3x.9"}'));
  chunks.push((await second)?.value ?? "");
  expect(chunks.map((chunk) => chunk.match(/event: /g)?.length)).toEqual([5, 1]);
  await reader?.cancel();
});

it("takes nothing from its source before the viewer has taken the last", async () => {
  const { response, send, left } = open();
  const reader = response.body?.getReader();
  for (let n = 0; n < 3; n++) {
    send(frame("heartbeat", `{"head":"k3x.${n}"}`));
    await turnEnds();
  }
  expect(left()).toMatch(/k3x\.0[\s\S]*k3x\.2/);
  await reader?.read();
  expect(left()).toBe("");
  send(frame("heartbeat", '{"head":"k3x.3"}'));
  await turnEnds();
  expect(left()).toContain("k3x.3");
  await reader?.cancel();
});

it("brings everything in order also when it writes straight to the answer, to a viewer that is slow at times", async () => {
  const { response, send, wire, left, cleanUps } = open();
  await using server = await answering(response);
  const frames = Array.from({ length: 400 }, (_, n) =>
    frame("heartbeat", JSON.stringify({ head: `k3x.${n}`, "": "ü".repeat(40_000) })),
  );
  send(frames[0] ?? "");
  const { body } = await fetch(server.url);
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.endsWith("\n\n")) text += (await reader?.read())?.value ?? "";
  for (const one of frames.slice(1)) {
    send(one);
    await turnEnds();
  }
  expect(left().length).toBeGreaterThan(10_000);
  wire.close();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) text += part.value;
  expect(text).toBe(frames.join(""));
  expect(cleanUps()).toBe(1);
});

it("cleans up when a viewer that is written to straight hangs up", async () => {
  const { response, send, cleanUps } = open();
  await using server = await answering(response);
  const hangUp = new AbortController();
  send(frame("heartbeat", '{"head":"k3x.1"}'));
  const { body } = await fetch(server.url, { signal: hangUp.signal });
  const reader = body?.getReader();
  await reader?.read();
  send(frame("heartbeat", '{"head":"k3x.2"}'));
  await reader?.read();
  hangUp.abort();
  await expect.poll(cleanUps).toBe(1);
});

it("cleans up once when the viewer hangs up", async () => {
  const { response, cleanUps } = open();
  await response.body?.cancel();
  expect(cleanUps()).toBe(1);
});

it("cleans up once when the source closes, and the body ends", async () => {
  const { response, wire, cleanUps } = open();
  wire.close();
  expect(await response.text()).toBe("");
  expect(cleanUps()).toBe(1);
});

it("cleans up once when both happen, and again and again", async () => {
  const { response, wire, cleanUps } = open();
  const reader = response.body?.getReader();
  wire.close();
  await reader?.cancel();
  wire.close();
  await reader?.cancel();
  expect(cleanUps()).toBe(1);
});

it("takes what is sent after the viewer has hung up without a word", async () => {
  const { response, send, wire, cleanUps } = open();
  await response.body?.cancel();
  send(frame("heartbeat", '{"head":"k3x.7"}'));
  wire.close();
  expect(cleanUps()).toBe(1);
});

it("cleans up every stream whose viewer hangs up after garbage was collected", async () => {
  const collectGarbage = garbageCollector();
  const streams = Array.from({ length: 50 }, () => {
    const { response, send, cleanUps } = open();
    send(frame("heartbeat", '{"head":"k3x.7"}'));
    return { reader: response.body?.getReader(), cleanUps };
  });
  for (const { reader } of streams) await reader?.read();
  collectGarbage();
  await Promise.all(streams.map(({ reader }) => reader?.cancel()));
  expect(streams.map(({ cleanUps }) => cleanUps())).toEqual(streams.map(() => 1));
});

function open() {
  const wires: Wire[] = [];
  let count = 0;
  let left = "";
  const response = eventStreamResponse(liveClock, (opened) => {
    wires.push(opened);
    return {
      take() {
        const text = left;
        left = "";
        return text;
      },
      cleanUp: () => void count++,
    };
  });
  const [wire] = wires;
  if (wire === undefined) throw new Error("the source was not opened");
  return {
    response,
    wire,
    cleanUps: () => count,
    /** What waits in the source. */
    left: () => left,
    send(text: string): void {
      left += text;
      wire.wake();
    },
  };
}

/** A real server that answers with this stream and lets it write straight. */
async function answering(response: Response) {
  const server = createServer((incoming, outgoing) => {
    const listener = createRequestListener(() => {
      writeStraightTo(outgoing, response);
      return response;
    });
    listener(incoming, outgoing);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}
