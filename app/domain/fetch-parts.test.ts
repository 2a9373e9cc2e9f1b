import { describe, expect, it } from "vitest";
import { registerRequestSchema } from "#app/contract/http.ts";
import type { Job } from "#app/contract/job.ts";
import type { Part } from "#app/contract/part.ts";
import {
  archiveSettled,
  fetchingOf,
  fileParts,
  isFetching,
  isMissing,
  partAfter,
  partsAgain,
  storingAt,
} from "./fetch-parts.ts";
import { newJob } from "./new-job.ts";

const AT = "2026-01-01T00:00:00.000Z";
const LATER = "2026-01-01T00:01:00.000Z";

describe("the files that a result leads to", () => {
  it("are those that somebody knows a way to, each under a name of ours", () => {
    const parts = planned(
      ["images_archive_url", "/a"],
      ["elsewhere_url", "https://example.org/b"],
      ["raw_url", "/c"],
    );
    expect(parts).toEqual([
      {
        name: "images-archive",
        kind: "file",
        link: "images_archive_url",
        path: "/a",
        state: "waiting",
        since: AT,
      },
      { name: "raw", kind: "file", link: "raw_url", path: "/c", state: "waiting", since: AT },
    ]);
  });

  it("never share a name, whatever their links are called", () => {
    const links = ["../Ä b_url", "a b", "A-B_URL", "!!", "", "result_url"];
    const names = planned(...links.map((link): [string, string] => [link, "/x"])).map(({ name }) => name);
    expect(names).toEqual(["b", "a-b", "a-b-2", "file", "file-2", "result-2"]);
  });

  it("are fifty at most, with names of 60 characters at most", () => {
    const parts = planned(...Array.from({ length: 80 }, (): [string, string] => ["x".repeat(500), "/x"]));
    expect(parts).toHaveLength(50);
    expect(Math.max(...parts.map(({ name }) => name.length))).toBeLessThanOrEqual(63);
    expect(new Set(parts.map(({ name }) => name)).size).toBe(50);
  });
});

describe("a part that is settled", () => {
  it("counts, until none waits", () => {
    const job = jobWith(part("a"), part("b"), part("c", { kind: "archive" }));
    expect(fetchingOf(job.parts)).toEqual({ done: 0, total: 2 });
    const one = { ...job, ...settled(job, "a", { state: "none" }) };
    expect([one.fetching, isFetching(one)]).toEqual([{ done: 1, total: 2 }, true]);
    const two = { ...one, ...settled(one, "b", { state: "missing", fault: { code: "too_large" } }) };
    expect([two.fetching, isFetching(two)]).toEqual([undefined, true]);
    expect(isFetching({ ...two, ...archiveSettled(two) })).toBe(false);
  });

  it("brings its artifact in place of an older one, its result, and the parts that lead on from there", () => {
    const old = { name: "a.pdf", type: "application/pdf", size: 1 };
    const job = { ...jobWith(part("a")), artifacts: [old, { ...old, name: "other.pdf" }] };
    const artifact = { ...old, size: 2 };
    const result = { name: "result-1.json", size: 3 };
    const after = settled(job, "a", { state: "stored", artifact, result, more: [part("more")] });
    expect(after).toMatchObject({
      artifacts: [{ name: "other.pdf" }, artifact],
      result,
      parts: [
        { name: "a", state: "stored" },
        { name: "more", state: "waiting" },
      ],
      fetching: { done: 1, total: 2 },
    });
  });

  it("is none that nobody waits for: settled already, or unknown", () => {
    const job = jobWith(part("a", { state: "stored" }));
    expect([settled(job, "a", { state: "none" }), settled(job, "b", { state: "none" })]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe("what is missing", () => {
  it("waits again from now on, and nothing else does", () => {
    const fault = { code: "broken" } as const;
    const job = jobWith(
      part("gone", { state: "missing", fault }),
      part("none", { state: "none" }),
      part("here", { state: "stored" }),
      part("archive", { kind: "archive", state: "missing", fault }),
    );
    expect(job.parts?.map(isMissing)).toEqual([true, true, false, false]);
    expect(partsAgain(job, LATER)).toEqual({
      parts: [
        part("gone", { since: LATER }),
        part("none", { since: LATER }),
        part("here", { state: "stored" }),
        part("archive", { kind: "archive", state: "missing", fault }),
      ],
      fetching: { done: 1, total: 3 },
    });
  });

  it("is nothing where everything came, and then nobody has to store anything", () => {
    const job = { ...jobWith(part("a", { state: "stored" })), updatedAt: LATER };
    expect([partsAgain(job, LATER), storingAt(job)]).toEqual([undefined, undefined]);
    expect(storingAt({ ...job, parts: [part("a")] })).toBe(LATER);
    expect(storingAt({ ...job, status: "pending-storage" })).toBe(LATER);
  });
});

function planned(...links: [name: string, url: string][]): Part[] {
  return fileParts(
    links.map(([name, url]) => ({ name, url })),
    { at: AT, pathOf: (url) => (url.startsWith("/") ? url : undefined), taken: ["result"] },
  );
}

function part(name: string, fields: Partial<Part> = {}): Part {
  return {
    name,
    kind: "file",
    link: `${name}_url`,
    path: `/${name}`,
    state: "waiting",
    since: AT,
    ...fields,
  };
}

function jobWith(...parts: Part[]): Job {
  const request = registerRequestSchema.parse({ title: "Bericht.pdf" });
  return { ...newJob(request, { jobId: "j-1", userEmail: "anna@example.org", at: AT }), parts };
}

type Settled = Parameters<typeof partAfter>[1];

function settled(job: Job, name: string, event: Pick<Settled, "state"> & Partial<Settled>) {
  return partAfter(job, { type: "part_settled", at: LATER, name, ...event });
}
