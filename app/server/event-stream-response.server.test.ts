import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { type EventSink, eventStreamResponse } from "./event-stream-response.server.ts";

it("says that it is an event stream which nobody may hold back", () => {
  const { response } = open();
  expect(Object.fromEntries(response.headers)).toEqual({
    "content-type": "text/event-stream",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
  });
});

it("writes events with name, data and the id where there is one", async () => {
  const { response, sink } = open();
  sink.send({ event: "ready", id: "k3x.7", data: { head: "k3x.7" } });
  sink.send({ event: "heartbeat", data: { head: "k3x.7" } });
  sink.close();
  const events = (await response.text()).split("\n\n").filter((block) => block !== "");
  expect(events.map((block) => block.split("\n").sort())).toEqual([
    ['data: {"head":"k3x.7"}', "event: ready", "id: k3x.7"],
    ['data: {"head":"k3x.7"}', "event: heartbeat"],
  ]);
});

it("keeps an event on one line, whatever is in it", async () => {
  const { response, sink } = open();
  sink.send({ event: "job_removed", data: { jobId: "a\r\nevent: bye\n\nb" } });
  sink.close();
  const lines = (await response.text()).trimEnd().split(/\r\n|\r|\n/);
  expect(lines.filter((line) => line.startsWith("event:"))).toEqual(["event: job_removed"]);
});

it("cleans up once when the viewer hangs up", async () => {
  const { response, cleanUps } = open();
  await response.body?.cancel();
  expect(cleanUps()).toBe(1);
});

it("cleans up once when the source closes, and the body ends", async () => {
  const { response, sink, cleanUps } = open();
  sink.close();
  expect(await response.text()).toBe("");
  expect(cleanUps()).toBe(1);
});

it("cleans up once when both happen, and again and again", async () => {
  const { response, sink, cleanUps } = open();
  const reader = response.body?.getReader();
  sink.close();
  await reader?.cancel();
  sink.close();
  await reader?.cancel();
  expect(cleanUps()).toBe(1);
});

it("takes what is sent after the viewer has hung up without a word", async () => {
  const { response, sink, cleanUps } = open();
  await response.body?.cancel();
  sink.send({ event: "heartbeat", data: { head: "k3x.7" } });
  sink.close();
  expect(cleanUps()).toBe(1);
});

it("cleans up every stream whose viewer hangs up after garbage was collected", async () => {
  const collectGarbage = garbageCollector();
  const streams = Array.from({ length: 50 }, () => {
    const { response, sink, cleanUps } = open();
    sink.send({ event: "heartbeat", data: { head: "k3x.7" } });
    return { reader: response.body?.getReader(), cleanUps };
  });
  for (const { reader } of streams) await reader?.read();
  collectGarbage();
  await Promise.all(streams.map(({ reader }) => reader?.cancel()));
  expect(streams.map(({ cleanUps }) => cleanUps())).toEqual(streams.map(() => 1));
});

function open(): { response: Response; sink: EventSink; cleanUps: () => number } {
  const sinks: EventSink[] = [];
  let count = 0;
  const response = eventStreamResponse((opened) => {
    sinks.push(opened);
    return () => void count++;
  });
  const [sink] = sinks;
  if (sink === undefined) throw new Error("the source was not opened");
  return { response, sink, cleanUps: () => count };
}

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}
