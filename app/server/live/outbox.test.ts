import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { summarize } from "#app/contract/job.ts";
import type { JobStatus } from "#app/contract/job-status.ts";
import { toJobUpdate } from "#app/contract/stream.ts";
import { aJob } from "../../../tests/contracts/stored-jobs.ts";
import type { FeedEvent } from "./feed-event.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

const PACE = 100;
const A = randomUUID();
const B = randomUUID();
const C = randomUUID();
let outbox: Outbox;
let merged: number;
let seq: bigint;
beforeEach(() => {
  merged = 0;
  seq = 0n;
  outbox = createOutbox({ paceMs: PACE, roomBytes: 2_000, onMerged: () => void merged++ });
});

describe("the progress of a job", () => {
  it("goes out at once the first time, then at most once per pace, the last always", () => {
    put(A, { progress: 1 });
    expect(shown(0)).toEqual([[A, "running", 1]]);
    for (const progress of [2, 3, 4]) put(A, { progress });
    expect(outbox.dueAt()).toBe(PACE);
    expect(shown(PACE - 1)).toEqual([]);
    expect(shown(PACE)).toEqual([[A, "running", 4]]);
    expect(shown(10 * PACE)).toEqual([]);
    expect(merged).toBe(2);
  });

  it("waits for nobody else's", () => {
    put(A, { progress: 1 });
    shown(0);
    put(A, { progress: 2 });
    put(B, { progress: 1 });
    expect(shown(1)).toEqual([[B, "running", 1]]);
  });

  it("goes out at once when the job was silent for the pace", () => {
    put(A, { progress: 1 });
    shown(0);
    put(A, { progress: 2 });
    expect(shown(PACE)).toEqual([[A, "running", 2]]);
    put(A, { progress: 3 });
    expect(shown(2 * PACE)).toEqual([[A, "running", 3]]);
  });
});

describe("a status the viewer does not know", () => {
  it("goes out at once, in place of the progress that was held back", () => {
    put(A, { progress: 1 });
    shown(0);
    put(A, { progress: 2 });
    put(A, { status: "completed", progress: 100 });
    expect(shown(1)).toEqual([[A, "completed", 100]]);
    expect(outbox.dueAt()).toBe(Infinity);
  });

  it("is kept for a viewer that takes nothing, each of them", () => {
    put(A, { status: "queued" });
    put(A, { progress: 1 });
    put(A, { progress: 2 });
    put(A, { status: "completed" });
    expect(shown(0).map(([, status]) => status)).toEqual(["queued", "running", "completed"]);
  });

  it("gives way only to a newer state, when too much waits", () => {
    for (let n = 0; n < 20; n++) put(randomUUID(), {});
    expect(outbox.bytes()).toBeGreaterThan(2_000);
    put(A, { status: "queued" });
    put(A, { status: "running" });
    put(A, { status: "completed" });
    expect(shown(0).filter(([jobId]) => jobId === A)).toEqual([[A, "completed", undefined]]);
  });

  it("of removal takes the job's progress with it", () => {
    put(A, { progress: 1 });
    shown(0);
    put(A, { progress: 2 });
    outbox.put({ event: "job_removed", data: { jobId: A }, at: { epoch: "e", seq: ++seq } });
    expect(take(1)).toMatch(/^event: job_removed\nid: e\.3\n/);
    expect(take(PACE)).toBe("");
  });
});

it("never drops a line, and sends lines before the end they came with", () => {
  put(A, { progress: 1 });
  for (let index = 0; index < 100; index++) {
    const entry = { timestamp: "2026-01-01T00:00:00.000Z", level: "info" as const, message: `${index}` };
    outbox.put({ event: "job_log", data: { jobId: A, index, entry } });
  }
  put(A, { status: "completed" });
  const text = take(0);
  expect(text.match(/event: job_log/g)).toHaveLength(100);
  expect(text.lastIndexOf("job_log")).toBeLessThan(text.indexOf("completed"));
});

describe("the id", () => {
  it("does not tell of what is still held back", () => {
    put(A, { progress: 1 });
    shown(0);
    put(A, { progress: 2 });
    put(B, { progress: 1 });
    expect(take(1)).toContain(`id: e.1\n`);
    put(C, { progress: 1 });
    expect(take(2)).toContain(`id: e.1\n`);
    expect(take(PACE)).toContain(`id: e.4\n`);
  });

  it("of the seam is that of everything before it, which goes first", () => {
    put(A, { progress: 1 });
    shown(0);
    put(A, { progress: 2 });
    outbox.put({ event: "ready", at: { epoch: "e", seq: 2n }, isDegraded: false });
    expect(take(1)).toMatch(/"progress":2[\s\S]*event: ready\nid: e\.2\ndata: \{"head":"e\.2"\}/);
  });

  it("comes with the word that what is shown may lag", () => {
    outbox.put({ event: "ready", at: { epoch: "e", seq: 2n }, isDegraded: true });
    expect(take(1)).toContain('event: ready\nid: e.2\ndata: {"head":"e.2","degraded":true}');
  });

  it("never goes down, and a viewer that resumes from any of them misses nothing", () => {
    const step = fc.record({
      which: fc.nat(3),
      status: fc.constantFrom("running", "completed", "failed"),
      ms: fc.nat(150),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(4_000), (steps, roomBytes) => {
        const box = createOutbox({ paceMs: PACE, roomBytes, onMerged: () => {} });
        const rows = new Map<string, { at: number; revision: number }>();
        const seen = new Map<string, number>();
        let now = 0;
        let told = 0;
        const look = (everything: boolean): void => {
          for (const { id, jobId, revision } of statesOf(box.take(now, everything))) {
            expect(id).toBeGreaterThanOrEqual(told);
            told = id;
            seen.set(jobId, Math.max(seen.get(jobId) ?? 0, revision));
          }
          for (const [jobId, { at, revision }] of rows)
            if (at <= told) expect(seen.get(jobId)).toBe(revision);
        };
        for (const [n, { which, status, ms }] of steps.entries()) {
          now += ms;
          if (ms % 3 === 0) look(false);
          const jobId = [A, B, C, "d"][which] ?? "";
          const job = aJob({ jobId, status: status as JobStatus, revision: n + 1 });
          rows.set(jobId, { at: n + 1, revision: n + 1 });
          box.put({
            event: "job_update",
            data: toJobUpdate(summarize(job)),
            at: { epoch: "e", seq: BigInt(n + 1) },
          });
        }
        look(true);
        expect(seen).toEqual(new Map([...rows].map(([jobId, { revision }]) => [jobId, revision])));
        expect([box.size(), box.bytes()]).toEqual([0, 0]);
      }),
    );
  });
});

function put(jobId: string, fields: { status?: JobStatus; progress?: number }): void {
  seq += 1n;
  const job = aJob({ jobId, status: "running", revision: Number(seq), ...fields });
  const event: FeedEvent = {
    event: "job_update",
    data: toJobUpdate(summarize(job)),
    at: { epoch: "e", seq },
  };
  outbox.put(event);
}

function take(now: number): string {
  return outbox.take(now);
}

function shown(now: number) {
  return statesOf(take(now)).map(({ jobId, status, progress }) => [jobId, status, progress]);
}

function statesOf(text: string) {
  return text.split("\n\n").flatMap((block) => {
    const [, id, data] = /id: e\.(\d+)\ndata: (.*)/.exec(block) ?? [];
    return data === undefined ? [] : [{ id: Number(id), ...JSON.parse(data) }];
  });
}
