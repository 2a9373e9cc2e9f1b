import { expect, it } from "vitest";
import { type JobSummary, summarize } from "#app/contract/job.ts";
import { aJob } from "../contracts/stored-jobs.ts";
import { type Acknowledged, checkHistory, type History, type Seen, type Truth } from "./history.ts";

const job: JobSummary = { ...summarize(aJob({ jobId: "a" })), revision: 2, status: "completed" };
const truth: Truth = new Map([["a", { summary: job, messages: ["first", "last"] }]]);
const answered = { jobId: "a", applied: true } as const;
const first: Acknowledged = { ...answered, message: "first", revision: 1, status: "running" };
const last: Acknowledged = { ...answered, message: "last", revision: 2, status: "completed" };
const acknowledged = [first, last];
const running: JobSummary = { ...job, revision: 1, status: "running" };
const seen: Seen[] = [
  { connection: 1, id: "e.1", job: running },
  { connection: 1, id: "e.2", job },
];

function aHistory(
  parts: { acknowledged?: Acknowledged[]; seen?: Seen[]; shows?: JobSummary[] } = {},
): History {
  const shows = new Map((parts.shows ?? [job]).map((shown) => [shown.jobId, shown]));
  return {
    acknowledged: parts.acknowledged ?? acknowledged,
    viewers: [{ name: "viewer", seen: parts.seen ?? seen, shows }],
  };
}

it("finds nothing in a history that kept the promise", () => {
  expect(checkHistory(aHistory(), truth)).toEqual([]);
});

it.each([
  ["a job that is gone", aHistory({ shows: [] }), new Map(), /the job is gone/],
  ["a callback whose revision is not stored", aHistory(), truthWith({ ...job, revision: 1 }), /stored is 1/],
  ["a callback without its log line", aHistory(), truthWith(job, ["last"]), /logged 0 times/],
  ["a callback that counted twice", aHistory(), truthWith(job, ["first", "last", "last"]), /logged 2 times/],
  ["a final that did not stay", aHistory(), truthWith({ ...job, status: "failed" }), /ended as completed/],
  [
    "two callbacks of one revision",
    aHistory({ acknowledged: [first, { ...last, revision: 1 }] }),
    truth,
    /two callbacks made it/,
  ],
  ["ids that go down", aHistory({ seen: seen.toReversed() }), truth, /id e\.1 after 2/],
  ["an id that is no cursor", aHistory({ seen: [{ connection: 1, id: "1" }] }), truth, /is no cursor/],
  ["a viewer that does not show a job", aHistory({ shows: [] }), truth, /does not show job a/],
  ["a viewer that stayed behind", aHistory({ shows: [running] }), truth, /shows .*"running"/],
  [
    "two states of one revision",
    aHistory({ seen: [...seen, { connection: 1, job: { ...job, message: "other" } }] }),
    truth,
    /has two states/,
  ],
  [
    "a job of somebody else",
    aHistory({ seen: [{ connection: 1, job: { ...job, jobId: "b" } }] }),
    truth,
    /not the user's/,
  ],
])("finds %s", (_, history, stored, fault) => {
  expect(checkHistory(history, stored).join("\n")).toMatch(fault);
});

it("lets ids begin anew on another connection", () => {
  const again = seen.map((one) => ({ ...one, connection: 2 }));
  expect(checkHistory(aHistory({ seen: [...seen, ...again] }), truth)).toEqual([]);
});

function truthWith(summary: JobSummary, messages = ["first", "last"]): Truth {
  return new Map([["a", { summary, messages }]]);
}
