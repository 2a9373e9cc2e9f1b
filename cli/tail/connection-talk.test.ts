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

test("a server that lags is told once and its end once, over a new connection too", () => {
  const talk = createConnectionTalk("en");
  const states: Connection[] = [
    { state: "live" },
    { state: "live", laggingSince: NOW },
    { state: "live", laggingSince: NOW },
    { state: "reconnecting", retryAt: NOW + 3_000 },
    { state: "live", laggingSince: NOW },
    { state: "reconnecting", retryAt: NOW + 3_000 },
    { state: "live" },
  ];
  expect(states.map((connection) => talk(connection, NOW, 1))).toEqual([
    undefined,
    "-- the server itself does not learn of everything right now, what is shown may lag --",
    undefined,
    "-- disconnected, next try in 3 s --",
    "-- connected again, caught up on 1 change --",
    "-- disconnected, next try in 3 s --",
    "-- connected again, caught up on 1 change --\n-- the server learns of everything again --",
  ]);
  expect(connectionLine({ state: "live", laggingSince: NOW }, NOW)).toMatchObject({ degraded: true });
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
