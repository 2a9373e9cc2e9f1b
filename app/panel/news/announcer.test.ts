import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Connection } from "#app/client/connection.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { toJobUpdate } from "#app/contract/stream.ts";
import type { Locale } from "#app/locales/locale.ts";
import { createAnnouncer } from "./announcer.ts";
import { jobSummary } from "../../../tests/support/job-summary.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("The first news is said at once, by name", () => {
  const { hear, said } = listen([job("a", "queued")]);
  hear(job("a", "running"));
  expect(said).toEqual(["a: Läuft"]);
});

test("What comes within five seconds is one sentence", () => {
  const { hear, said } = listen([job("a", "running"), job("b", "running"), job("c", "running")]);
  hear(job("a", "completed"));
  hear(job("b", "failed"));
  hear(job("d", "running"));
  hear(job("e", "completed"));
  vi.advanceTimersByTime(5_000);
  expect(said).toEqual(["a: Abgeschlossen", "2 Jobs laufen, 1 abgeschlossen, 1 fehlgeschlagen"]);
});

test("A start that was overtaken by its end is not told", () => {
  const { hear, said } = listen([job("a", "running")], "en");
  hear(job("a", "failed"));
  hear(job("b", "running"));
  hear(job("b", "canceled"));
  vi.advanceTimersByTime(5_000);
  expect(said).toEqual(["a: Failed", "b: Canceled"]);
});

test("Only the opened job tells its quarters, each of them once", () => {
  const { hear, said } = listen([job("open", "running"), job("a", "running")]);
  for (const progress of [10, 26, 30, 49, 50, 60]) {
    hear({ ...job("open", "running"), progress });
    hear({ ...job("a", "running"), progress });
    vi.advanceTimersByTime(5_000);
  }
  expect(said).toEqual(["open: 25 Prozent", "open: 50 Prozent"]);
});

test("The failure of the opened job is urgent and told by its name, and waits its turn like everything", () => {
  const { hear, said, urgent } = listen([job("a", "running"), job("b", "running"), job("open", "running")]);
  hear(job("a", "completed"));
  hear(job("open", "failed"));
  hear(job("b", "failed"));
  hear(job("c", "running"));
  expect(said).toEqual(["a: Abgeschlossen"]);
  vi.advanceTimersByTime(5_000);
  expect(said.slice(1)).toEqual(["open: Fehlgeschlagen, 1 Job läuft, 1 fehlgeschlagen"]);
  vi.advanceTimersByTime(5_000);
  hear(job("c", "failed"));
  expect(urgent).toEqual([false, true, false]);
});

test("However much happens, there is one sentence in five seconds", () => {
  const { hear, said } = listen([]);
  for (let second = 0; second < 60; second++) {
    for (const at of [1, 2, 3]) hear(job(`${second}-${at}`, "running"));
    hear(job("open", second % 2 === 0 ? "running" : "failed"));
    vi.advanceTimersByTime(1_000);
  }
  expect(said).toHaveLength(1 + 12);
});

test("What was already known says nothing", () => {
  const { hear, said } = listen([job("a", "completed"), job("b", "queued")]);
  hear(job("a", "completed"));
  hear({ ...job("b", "running"), revision: 0 });
  hear(job("c", "queued"));
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([]);
});

describe("the connection", () => {
  const AWAY: Connection = { state: "reconnecting", problem: "unreachable" };

  test("Is told of once it has been another for five seconds, and again when it has been back for as long", () => {
    const { hearConnection, said, urgent } = listen([]);
    hearConnection({ state: "live" });
    for (let attempt = 0; attempt < 10; attempt++) {
      hearConnection(AWAY);
      hearConnection({ state: "reconnecting" });
      vi.advanceTimersByTime(4_000);
    }
    expect(said).toEqual(["Getrennt, wird neu verbunden"]);
    hearConnection({ state: "live" });
    vi.advanceTimersByTime(4_000);
    expect(said).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    hearConnection({ state: "live", lastEventAt: 1 });
    vi.advanceTimersByTime(60_000);
    expect(said.slice(1)).toEqual(["Wieder live"]);
    expect(urgent).toEqual([false, false]);
  });

  test("Says nothing of what passes, nor that it is live at first, nor of a goodbye that it comes back from", () => {
    const { hearConnection, said } = listen([]);
    const passing: Connection[] = [
      { state: "connecting" },
      { state: "live" },
      AWAY,
      { state: "live" },
      { state: "reconnecting", problem: "ended" },
      { state: "live" },
    ];
    for (const connection of passing) {
      hearConnection(connection);
      vi.advanceTimersByTime(4_000);
    }
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual([]);
  });

  test("Is one sentence with the jobs where both are new, and tells a server that lags from one that is away", () => {
    const { hear, hearConnection, said } = listen([job("a", "running"), job("b", "running")], "en");
    hearConnection({ state: "live", laggingSince: 1 });
    vi.advanceTimersByTime(3_000);
    hear(job("a", "completed"));
    vi.advanceTimersByTime(3_000);
    hear(job("b", "failed"));
    vi.advanceTimersByTime(2_000);
    expect(said).toEqual(["a: Completed", "Live, but limited: the list may lag. b: Failed"]);
    hearConnection({ state: "offline", problem: "unauthorized" });
    vi.advanceTimersByTime(5_000);
    expect(said.slice(2)).toEqual(["Disconnected, please reload the page"]);
  });
});

let revision = 1;

function listen(jobs: JobSummary[], locale: Locale = "de") {
  const said: string[] = [];
  const urgent: boolean[] = [];
  const announcer = createAnnouncer({
    jobs,
    isOpen: (jobId) => jobId === "open",
    locale,
    say({ text, isUrgent }) {
      said.push(text);
      urgent.push(isUrgent);
    },
  });
  const hear = (update: JobSummary): void =>
    announcer.hear({ event: "job_update", data: toJobUpdate(update) });
  const hearConnection = (connection: Connection): void => announcer.hear(connection);
  return { hear, hearConnection, said, urgent };
}

function job(jobId: string, status: JobSummary["status"]): JobSummary {
  revision += 1;
  return jobSummary({ jobId, status, revision });
}
