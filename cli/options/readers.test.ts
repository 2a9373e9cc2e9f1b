import { expect, test } from "vitest";
import { readDuration, readInstant, readPattern } from "./readers.ts";

const NOW = Date.parse("2026-11-23T14:00:00Z");

test.each([
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["1h30m", 5_400_000],
  ["1.5h", 5_400_000],
  ["2d", 172_800_000],
  ["250ms", 250],
  ["90", 90_000],
])("%s is %i ms", (text, ms) => {
  expect(readDuration(text, "en")).toEqual({ ms, text });
});

test.each(["", "m", "-5s", "5x", "1h 30m", "1e3", "99999999999"])("%j is no duration", (text) => {
  expect(() => readDuration(text, "en")).toThrow("is not a duration like 90s, 30m or 1h30m");
});

test.each([
  ["10m", "2026-11-23T13:50:00.000Z"],
  ["2026-11-23T14:00:00+01:00", "2026-11-23T13:00:00.000Z"],
  ["2026-11-20", "2026-11-20T00:00:00.000Z"],
])("%s is %s", (text, instant) => {
  expect(new Date(readInstant(text, "en")(NOW)).toISOString()).toBe(instant);
});

test.each(["yesterday", "2026-13-01", "14:00", "1/2/2026"])("%s is no instant", (text) => {
  expect(() => readInstant(text, "de")).toThrow("weder eine Dauer wie 10m noch ein Zeitpunkt");
});

test("a pattern in lower case finds either case, one with capitals what it says", () => {
  expect(readPattern("fehler", "de").test("FEHLER")).toBe(true);
  expect(readPattern("Fehler", "de").test("fehler")).toBe(false);
  expect(() => readPattern("(", "de")).toThrow("( ist kein regulärer Ausdruck");
});
