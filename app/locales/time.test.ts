import { expect, test } from "vitest";
import {
  calendarDay,
  formatAgo,
  formatClock,
  formatDay,
  formatInstant,
  formatLength,
  formatSecond,
  formatSpan,
} from "./time.ts";

const BERLIN = "Europe/Berlin";
const NOW = Date.parse("2026-11-23T14:21:14Z");

test.each([
  ["2026-11-23T14:21:20Z", "jetzt", "now"],
  ["2026-11-23T14:21:05Z", "jetzt", "now"],
  ["2026-11-23T14:21:02Z", "vor 10 Sek.", "10 sec ago"],
  ["2026-11-23T14:20:15Z", "vor 50 Sek.", "50 sec ago"],
  ["2026-11-23T14:17:00Z", "vor 4 Min.", "4 min ago"],
  ["2026-11-23T13:21:15Z", "vor 59 Min.", "59 min ago"],
  ["2026-11-23T13:21:14Z", undefined, undefined],
])("%s is %s", (at, german, english) => {
  expect(formatAgo(Date.parse(at), NOW, "de")).toBe(german);
  expect(formatAgo(Date.parse(at), NOW, "en")).toBe(english);
});

test.each([
  ["2026-11-23T08:00:00Z", "Heute", "Today"],
  ["2026-11-22T23:30:00Z", "Heute", "Today"],
  ["2026-11-22T22:30:00Z", "Gestern", "Yesterday"],
  ["2026-11-20T12:00:00Z", "Freitag, 20. November", "Friday, 20 November"],
  ["2025-12-31T12:00:00Z", "Mittwoch, 31. Dezember 2025", "Wednesday, 31 December 2025"],
  ["2026-11-24T12:00:00Z", "Heute", "Today"],
])("%s falls in Berlin on %s", (at, german, english) => {
  const [day, today] = [calendarDay(Date.parse(at), BERLIN), calendarDay(NOW, BERLIN)];
  expect(formatDay(day, today, "de")).toBe(german);
  expect(formatDay(day, today, "en")).toBe(english);
});

test("The day before a change to summer time is yesterday", () => {
  expect(formatDay("2026-03-29", "2026-03-30", "de")).toBe("Gestern");
});

test("An instant says its day, its year and its second", () => {
  expect(formatInstant(NOW, "de", BERLIN)).toBe("23. Nov. 2026, 15:21:14");
  expect(formatInstant(NOW, "en", BERLIN)).toBe("23 Nov 2026, 15:21:14");
});

test("Midnight is 00, never 24", () => {
  const midnight = Date.parse("2026-11-22T23:00:00Z");
  expect(formatClock(midnight, "en", BERLIN)).toBe("00:00");
  expect(formatSecond(midnight, "de", BERLIN)).toBe("00:00:00");
  expect(calendarDay(midnight, BERLIN)).toBe("2026-11-23");
});

test.each([
  [48_000, "0:48 Min.", "0:48 min"],
  [391_000, "6:31 Min.", "6:31 min"],
  [3_723_000, "1:02:03 Std.", "1:02:03 h"],
])("%i ms last %s", (milliseconds, german, english) => {
  expect(formatLength(milliseconds, "de")).toBe(german);
  expect(formatLength(milliseconds, "en")).toBe(english);
});

test.each([
  [-3, "0 Sek.", "0 sec"],
  [12.7, "12 Sek.", "12 sec"],
  [250, "4 Min.", "4 min"],
  [7_300, "2 Std.", "2 hr"],
])("%i seconds span %s", (seconds, german, english) => {
  expect(formatSpan(seconds, "de")).toBe(german);
  expect(formatSpan(seconds, "en")).toBe(english);
});
