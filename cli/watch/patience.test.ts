import { expect, test } from "vitest";
import { ApiError } from "#app/client/jobs-api.ts";
import { createPatience } from "./patience.ts";

test.each([0, 429, 500, 503])("%i is asked again until there is an answer", async (status) => {
  const { patience, told } = open(undefined);
  const failures = [status, status].map((code) => new ApiError(code, "x", ""));
  expect(await patience.ask(() => answerAfter(failures))).toBe("answer");
  expect(told).toEqual(["retry", "retry", "answer"]);
});

test.each([400, 401, 403, 404, 409])("%i is final at once", async (status) => {
  const { patience, told } = open(undefined);
  const failures = [new ApiError(status, "x", "")];
  await expect(patience.ask(() => answerAfter(failures))).rejects.toMatchObject({ status });
  expect(told).toEqual([]);
});

test("after as many retries as there may be, the last failure counts", async () => {
  const { patience, told } = open(1);
  const failures = [500, 502, 503].map((code) => new ApiError(code, "x", ""));
  await expect(patience.ask(() => answerAfter(failures))).rejects.toMatchObject({ status: 502 });
  expect(told).toEqual(["retry"]);
});

test("a stream may fail so often in a row; a success begins anew, an orderly end does not count", () => {
  const { patience } = open(1);
  const states = [
    { state: "reconnecting", problem: "unreachable" },
    { state: "live" },
    { state: "reconnecting", problem: "ended" },
    { state: "reconnecting", problem: "silent" },
    { state: "reconnecting", problem: "unreachable" },
  ] as const;
  expect(states.map((connection) => patience.isOver(connection))).toEqual([false, false, false, false, true]);
});

function open(maxRetries: number | undefined) {
  const told: string[] = [];
  const patience = createPatience({
    maxRetries,
    aborted: new AbortController().signal,
    now: () => 0,
    wait: () => Promise.resolve(),
    onRetry: () => told.push("retry"),
    onAnswer: () => told.push("answer"),
  });
  return { patience, told };
}

async function answerAfter(failures: Error[]): Promise<string> {
  const failure = failures.shift();
  if (failure !== undefined) throw failure;
  return "answer";
}
