import { expect, it } from "vitest";
import { NO_JOBS } from "#app/contract/job-status.ts";
import { InvalidCursorError, type JobRepository } from "#app/server/repository/job-repository.ts";
import { ANNA, BERT, aJob, changeOf, ids, instant, query, saved, stored } from "./stored-jobs.ts";

/** Lists: one user's jobs, newest change first, by page or by key. */
export function describeList(repository: () => JobRepository): void {
  it("shows a user their own jobs and nobody else's", async () => {
    const [annas, berts] = [await stored(repository()), await stored(repository(), { userEmail: BERT })];
    expect(await repository().find(BERT, annas.jobId)).toBeUndefined();
    expect(await repository().list(BERT, query())).toEqual({
      jobs: [berts],
      total: 1,
      counts: { ...NO_JOBS, queued: 1 },
      nextCursor: null,
    });
    expect(await repository().list(BERT, query({ q: annas.jobId }))).toMatchObject({ jobs: [], total: 0 });
    expect(ids(await repository().changedAfter(BERT, 0n, 10))).toEqual([berts.jobId]);
  });

  it("shows a user their own jobs also with another user's cursor", async () => {
    await someJobs(repository(), 4);
    const berts = await stored(repository(), { userEmail: BERT, updatedAt: instant(0) });
    const annas = await repository().list(ANNA, query({ limit: 2 }));
    expect((await repository().list(BERT, cursorQuery(annas.nextCursor))).jobs).toEqual([berts]);
  });

  it("sorts by the last change, then by id, both descending", async () => {
    for (const [jobId, second] of [
      ["b", 5],
      ["a", 5],
      ["d", 1],
      ["c", 9],
    ] as const) {
      await stored(repository(), { jobId, updatedAt: instant(second) });
    }
    expect(ids(await repository().list(ANNA, query()))).toEqual(["c", "b", "a", "d"]);
    const d = await repository().find(ANNA, "d");
    if (d) await saved(repository(), d, { updatedAt: instant(10) });
    expect(ids(await repository().list(ANNA, query()))).toEqual(["d", "c", "b", "a"]);
  });

  it("pages by number, with the total of all pages", async () => {
    const all = await someJobs(repository(), 7);
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => repository().list(ANNA, query({ page, limit: 3 }))),
    );
    expect(pages.map(ids)).toEqual([all.slice(0, 3), all.slice(3, 6), all.slice(6), []]);
    expect(pages.map(({ total }) => total)).toEqual([7, 7, 7, 7]);
    expect(pages.map(({ nextCursor }) => nextCursor !== null)).toEqual([true, true, false, false]);
    const farAway = await repository().list(ANNA, query({ page: Number.MAX_SAFE_INTEGER, limit: 50 }));
    expect(farAway).toMatchObject({ jobs: [], total: 7, nextCursor: null });
  });

  it("pages by key: what does not move is seen exactly once while other jobs move and arrive", async () => {
    const all = await someJobs(repository(), 10);
    const seen: string[] = [];
    let next: string | null = null;
    let moves = 0;
    do {
      const page: Awaited<ReturnType<JobRepository["list"]>> = await repository().list(
        ANNA,
        cursorQuery(next),
      );
      seen.push(...ids(page));
      next = page.nextCursor;
      const moving = await repository().find(ANNA, all[moves] ?? "");
      if (moving) await saved(repository(), moving, { updatedAt: instant(100 + moves) });
      await stored(repository(), { updatedAt: instant(200 + moves++) });
    } while (next !== null);
    expect(seen).toEqual(all);
  });

  it("lets a cursor win over a page number, and keeps the filter while paging by key", async () => {
    await someJobs(repository(), 3, { status: "completed" });
    const running = await someJobs(repository(), 5, { status: "running" });
    const first = await repository().list(ANNA, query({ limit: 2, status: ["running"] }));
    const second = await repository().list(ANNA, {
      ...cursorQuery(first.nextCursor),
      status: ["running"],
      limit: 2,
      page: 9,
    });
    expect([...ids(first), ...ids(second)]).toEqual(running.slice(0, 4));
    expect([first.total, second.total]).toEqual([5, 5]);
  });

  it("pages by key through jobs that changed at the same instant", async () => {
    const same = ["e", "d", "c", "b", "a"];
    for (const jobId of same) await stored(repository(), { jobId });
    const first = await repository().list(ANNA, query({ limit: 2 }));
    const second = await repository().list(ANNA, cursorQuery(first.nextCursor));
    expect([...ids(first), ...ids(second)]).toEqual(same.slice(0, 5));
  });

  const key = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  it.each([
    ["nothing", ""],
    ["no base64", "?!\r\n\u0000"],
    ["no JSON", Buffer.from("jobs").toString("base64url")],
    ["another shape", key({ updatedAt: instant(0) })],
    ["no instant", key(["yesterday", "a"])],
    ["a number for an id", key([instant(0), 1])],
    ["an operator for an id", key([instant(0), { $gt: "" }])],
    ["one element too many", key([instant(0), "a", "b"])],
    ["a megabyte", "A".repeat(1_000_000)],
  ])("refuses a cursor that is %s", async (_, cursor) => {
    await expect(repository().list(ANNA, query({ cursor }))).rejects.toBeInstanceOf(InvalidCursorError);
  });

  it("filters by status", async () => {
    const [, failed] = [
      await someJobs(repository(), 2),
      await someJobs(repository(), 3, { status: "failed" }),
    ];
    const page = await repository().list(ANNA, query({ status: ["failed"], limit: 2 }));
    expect(ids(page)).toEqual(failed.slice(0, 2));
    expect(page.total).toBe(3);
  });

  it("filters by several statuses at once, and pages through them by key", async () => {
    const jobIds = [];
    for (const [second, status] of (
      ["failed", "running", "completed", "running", "failed"] as const
    ).entries()) {
      jobIds.unshift((await stored(repository(), { status, updatedAt: instant(second) })).jobId);
    }
    const both = query({ status: ["failed", "running"], limit: 2 });
    const first = await repository().list(ANNA, both);
    const second = await repository().list(ANNA, {
      ...both,
      ...cursorQuery(first.nextCursor),
      status: both.status,
    });
    expect([...ids(first), ...ids(second)]).toEqual(jobIds.filter((_, at) => at !== 2));
    expect([first.total, second.total, second.nextCursor]).toEqual([4, 4, null]);
  });

  it("counts by status what matches the text, whatever the status and the page that are asked for", async () => {
    await someJobs(repository(), 3, { status: "completed", title: "Bericht" });
    await someJobs(repository(), 2, { status: "failed", title: "Bericht" });
    await someJobs(repository(), 4, { status: "failed", title: "Video" });
    await stored(repository(), { userEmail: BERT, status: "failed", title: "Bericht" });
    const { counts } = await repository().list(ANNA, query({ status: ["failed"], limit: 1 }));
    expect(counts).toEqual({ ...NO_JOBS, completed: 3, failed: 6 });
    const page = await repository().list(
      ANNA,
      query({ q: "bericht", status: ["running"], page: 2, limit: 2 }),
    );
    expect(page).toMatchObject({ jobs: [], total: 0, counts: { ...NO_JOBS, completed: 3, failed: 2 } });
    const job = await stored(repository(), { status: "running", title: "Bericht" });
    await saved(repository(), job, { status: "completed" });
    const after = await repository().list(ANNA, query({ q: "bericht" }));
    expect(after).toMatchObject({ total: 6, counts: { ...NO_JOBS, completed: 4, failed: 2 } });
  });

  it.each([
    ["ärzte", "ÄRZTEBRIEF.pdf"],
    ["ÜBUNG", "Die Übung"],
    ["U\u0308bung", "Übung, composed"],
    ["Übung", "U\u0308bung, decomposed"],
    ["100%", "bis 100% fertig"],
    ["a_b", "a_b.txt"],
    ["c:\\", "C:\\Temp"],
    ["(x[1].*", "f(x[1].*)"],
    ["'\"", "it's '\"quoted\"'"],
    ["иван", "ИВАН.docx"],
    ["📄", "📄 Blatt"],
  ])("finds %j in %j and nothing else", async (q, title) => {
    await stored(repository(), { title: "100 ab aXb ctemp fx arzte ubung" });
    const job = await stored(repository(), { title });
    expect(ids(await repository().list(ANNA, query({ q })))).toEqual([job.jobId]);
    const other = await repository().list(ANNA, query({ q: `${q}!` }));
    expect(other).toEqual({ jobs: [], total: 0, counts: NO_JOBS, nextCursor: null });
  });

  it("searches title, job id and message as they are now, together with the status", async () => {
    const a = await stored(repository(), {
      jobId: "Job-Alpha",
      title: "eins",
      message: "liest Kapitel drei",
    });
    const b = await stored(repository(), { jobId: "Job-Beta", title: "Kapitel zwei", status: "failed" });
    const found = async (fields: Parameters<typeof query>[0]) =>
      ids(await repository().list(ANNA, query(fields)));
    expect(await found({ q: "job-a" })).toEqual([a.jobId]);
    expect((await found({ q: "KAPITEL" })).toSorted()).toEqual([a.jobId, b.jobId]);
    expect(await found({ q: "kapitel", status: ["failed"] })).toEqual([b.jobId]);
    expect(await found({ q: "" })).toHaveLength(2);
    await repository().save(changeOf(a, { message: "fertig" }));
    expect(await found({ q: "drei" })).toEqual([]);
    expect(await found({ q: "FERTIG" })).toEqual([a.jobId]);
  });
}

/** Stores jobs that changed one second after the other; their ids, newest first. */
async function someJobs(
  repository: JobRepository,
  count: number,
  fields: Parameters<typeof aJob>[0] = {},
): Promise<string[]> {
  const newestFirst: string[] = [];
  for (let second = 1; second <= count; second++) {
    newestFirst.unshift((await stored(repository, { ...fields, updatedAt: instant(second) })).jobId);
  }
  return newestFirst;
}

function cursorQuery(cursor: string | null): ReturnType<typeof query> {
  return query({ limit: 3, ...(cursor === null ? {} : { cursor }) });
}
