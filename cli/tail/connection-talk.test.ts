import { expect, test } from "vitest";
import type { Connection } from "#app/client/connection.ts";
import { connectionLine, createConnectionTalk } from "./connection-talk.ts";

const NOW = 1_000_000;

test("a loss is told once and the return once, the first connection not at all", () => {
  const talk = createConnectionTalk("de");
  const states: Connection[] = [
    { state: "connecting" },
    { state: "live" },
    { state: "reconnecting", retryAt: NOW + 3_200 },
    { state: "reconnecting", retryAt: NOW + 9_000 },
    { state: "live" },
    { state: "live" },
  ];
  expect(states.map((connection) => talk(connection, NOW, 12))).toEqual([
    undefined,
    undefined,
    "-- getrennt, neuer Versuch in 4 s --",
    undefined,
    "-- wieder verbunden, 12 Änderungen nachgeholt --",
    undefined,
  ]);
});

test("a connection as NDJSON tells how long until the next try", () => {
  const lost = { state: "reconnecting", retryAt: NOW + 4_000, problem: "unreachable" } as const;
  expect(connectionLine(lost, NOW)).toEqual({
    type: "connection",
    state: "reconnecting",
    retryInMs: 4_000,
    problem: "unreachable",
  });
});
