import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatCursor, parseCursor } from "#app/contract/cursor.ts";
import { saved, stored } from "../contracts/stored-jobs.ts";
import { ANNA, BERT, openStorage } from "../support/open-storage.ts";
import { watchFeed } from "../support/watch-feed.ts";
import { type CursorAnswer, giveCursor } from "./support/give-cursor.ts";
import { readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

/** Two changes of one job: the cursors `<epoch>.0` to `<epoch>.2` are this feed's, and no others. */
const HEAD = 2;

describe("a cursor that a running server is given", () => {
  let server: RunningServer;
  let jobId: string;
  let epoch: string;
  beforeAll(async () => {
    server = await startServer({ env: { STREAMS_PER_USER: "1000" } });
    const job = await registerJob(server.url);
    await sendCallback(job, { progress: 42 });
    jobId = job.jobId;
    const { text } = await giveCursor(server.url, {});
    epoch = /id: (\w+)\.2\n/.exec(text)?.[1] ?? "";
  });
  afterAll(() => server.stop());

  it("resumes where it is this feed's, by header and by address", async () => {
    for (const place of ["header", "after"]) {
      expect(await events({ [place]: `${epoch}.0` })).toEqual(["job_update", "ready"]);
      expect(await events({ [place]: `${epoch}.2` })).toEqual(["ready"]);
    }
  });

  it.each([
    ["empty", () => ""],
    ["a space", () => " "],
    ["its epoch alone", () => epoch],
    ["its epoch with a point", () => `${epoch}.`],
    ["its number alone", () => "2"],
    ["negative", () => `${epoch}.-1`],
    ["minus nought", () => `${epoch}.-0`],
    ["a float", () => `${epoch}.1.5`],
    ["an exponent", () => `${epoch}.1e0`],
    ["hexadecimal", () => `${epoch}.0x1`],
    ["a number with a nought before it", () => `${epoch}.01`],
    ["not a number", () => `${epoch}.NaN`],
    ["infinite", () => `${epoch}.Infinity`],
    ["one beyond the head", () => `${epoch}.${HEAD + 1}`],
    ["beyond what is exact as a double", () => `${epoch}.9007199254740993`],
    ["the largest of 64 bits", () => `${epoch}.9223372036854775807`],
    ["the one after that", () => `${epoch}.9223372036854775808`],
    ["a number of 10,000 digits", () => `${epoch}.${"9".repeat(10_000)}`],
    ["another epoch's", () => "k3x.1"],
    ["its epoch in capitals", () => `${epoch.toUpperCase()}X.1`],
    ["an epoch of 10,000 letters", () => `${"x".repeat(10_000)}.1`],
    ["two of them", () => `${epoch}.1, ${epoch}.1`],
    ["not ASCII", () => "größer.1"],
    ["digits of another script", () => `${epoch}.١`],
    ["beyond the first plane", () => `${epoch}.1😀`],
    ["a name of JavaScript", () => "__proto__.1"],
    ["SQL", () => `${epoch}.1' OR '1'='1`],
    ["percent signs", () => `${epoch}.1%00%zz`],
  ])("that is %s is answered with reset", async (_, cursor) => {
    expect(await events({ header: cursor() })).toEqual(["reset", "ready"]);
    expect(await events({ after: encodeURIComponent(cursor()) })).toEqual(["reset", "ready"]);
  });

  it.each([
    ["a line break and a field", "\r\nX-Other: 1"],
    ["a line break and an event", "\r\nevent: bye\r\ndata: {}"],
    ["the end of the head", "\r\n\r\nevent: bye"],
    ["a carriage return", "\r"],
    ["a line feed", "\n"],
    ["NUL", "\0"],
    ["delete", "\u007f"],
  ])("with %s behind it is reset or refused, and nothing of it comes back", async (_, tail) => {
    const encoded = await giveCursor(server.url, { after: encodeURIComponent(`${epoch}.1${tail}`) });
    expect(encoded.events).toEqual(["reset", "ready"]);
    for (const given of [{ header: `k3x.1${tail}` }, { after: `k3x.1${tail}` }]) {
      const answer = await giveCursor(server.url, given);
      expect(isSafe(answer), answer.text).toBe(true);
      expect(answer.text).not.toContain("event: bye");
    }
  });

  it("of 1 MB is refused before anybody reads it", async () => {
    const large = `${epoch}.${"1".repeat(2 ** 20)}`;
    for (const given of [{ header: large }, { after: large }]) {
      const { status, events: none } = await giveCursor(server.url, given);
      expect({ isRefused: [0, 431].includes(status), none }).toEqual({ isRefused: true, none: [] });
    }
    const beyond = "1".repeat(20_000);
    expect((await giveCursor(server.url, { header: beyond })).status).toBe(431);
    expect((await giveCursor(server.url, { after: beyond })).status).toBe(431);
  });

  it("by header wins over the one in the address, also when it is none", async () => {
    expect(await events({ header: "nonsense", after: `${epoch}.0` })).toEqual(["reset", "ready"]);
    expect(await events({ header: `${epoch}.2`, after: "nonsense" })).toEqual(["ready"]);
  });

  it("is reset, refused or this feed's, whatever it is: 10,000 of them, and the server is as before", async () => {
    const pid = server.pid();
    const some = fc.array(anyCursor(epoch), { minLength: 100, maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(some, async (cursors) => {
        const answers = await Promise.all(
          cursors.map((cursor, at) =>
            at % 2 === 0
              ? giveCursor(server.url, { header: cursor })
              : giveCursor(server.url, { after: encodeURIComponent(cursor) }),
          ),
        );
        for (const [at, answer] of answers.entries()) {
          const cursor = cursors[at] ?? "";
          const isOurs = ofThisFeed(at % 2 === 0 ? cursor.replace(/^[ \t]+|[ \t]+$/g, "") : cursor);
          const isRight = isOurs ? answer.events.at(0) !== "reset" && answer.status === 200 : isSafe(answer);
          expect(isRight, `${JSON.stringify(cursor)}: ${answer.text}`).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
    expect(server.pid()).toBe(pid);
    expect(await readJob(server.url, jobId)).toMatchObject({ progress: 42 });
    expect(await events({ header: `${epoch}.1` })).toEqual(["job_update", "ready"]);
    expect(server.log().filter(({ status, level }) => Number(status) >= 500 || Number(level) > 30)).toEqual(
      [],
    );
  });

  async function events(given: { header?: string; after?: string }): Promise<string[]> {
    const answer = await giveCursor(server.url, given);
    expect(answer.status, answer.text).toBe(200);
    return answer.events;
  }

  function ofThisFeed(text: string): boolean {
    const [, number] = /^\w+\.(0|[1-9][0-9]*)$/.exec(text) ?? [];
    return text === `${epoch}.${number}` && BigInt(number ?? HEAD + 1) <= HEAD;
  }
});

describe("a cursor of Bert's feed that Anna gives", () => {
  it("is reset: she sees nothing of Bert's, neither then nor later", async () => {
    await using storage = await openStorage();
    const { repository, bus } = storage;
    await storage.insert({ title: "Annas" });
    const berts = await stored(repository, { ...BERT, title: "Berts" });
    const { epoch, seq } = await repository.head(BERT.userEmail);
    for (const number of [0n, seq, seq + 1n]) {
      const annas = watchFeed({ repository, bus, after: formatCursor({ epoch, seq: number }) });
      await annas.stream.start();
      await saved(repository, await stored(repository, { ...BERT }));
      await annas.beat();
      expect(annas.names()).toEqual(["reset", "ready", "heartbeat"]);
      annas.stream.close();
    }
    const own = watchFeed({ ...BERT, repository, bus, after: formatCursor({ epoch, seq: 0n }) });
    await own.stream.start();
    expect(own.updates()).toContainEqual(expect.objectContaining({ jobId: berts.jobId }));
    own.stream.close();
  });

  it("is reset whatever its number, and so is any other that is not her own", async () => {
    await using storage = await openStorage();
    const { repository, bus } = storage;
    const annas = await storage.insert();
    await stored(repository, { ...BERT });
    const { epoch } = await repository.head(BERT.userEmail);
    const own = await repository.head(ANNA.userEmail);
    await fc.assert(
      fc.asyncProperty(anyCursor(epoch), async (after) => {
        const watched = watchFeed({ repository, bus, after });
        await watched.stream.start();
        watched.stream.close();
        if (parseCursor(after)?.epoch !== own.epoch) expect(watched.names()).toEqual(["reset", "ready"]);
        expect(watched.updates().filter(({ jobId }) => jobId !== annas.jobId)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Never an error of the server, never a row: a reset, or a request that is refused as such. */
function isSafe({ status, events }: CursorAnswer): boolean {
  if (status === 200) return events.join() === "reset,ready";
  return status >= 400 && status < 500 && events.length === 0;
}

/** Texts of all kinds, most of them close to a cursor of this epoch. */
function anyCursor(epoch: string): fc.Arbitrary<string> {
  const cursor = `${epoch}.1`;
  const place = fc.nat({ max: cursor.length });
  return fc.oneof(
    fc.string({ unit: "binary", maxLength: 100 }).map((text) => text.toWellFormed()),
    fc.string({ maxLength: 100 }),
    fc.bigInt().map((number) => `${epoch}.${number}`),
    fc.integer({ min: -5, max: 5 }).map((number) => `${epoch}.${number}`),
    fc.double().map((number) => `${epoch}.${number}`),
    fc.stringMatching(/^[0-9a-z]{0,40}\.[0-9]{0,30}$/),
    fc.tuple(place, place).map(([from, to]) => cursor.slice(from, to)),
    fc
      .tuple(place, fc.string({ unit: "binary", maxLength: 3 }))
      .map(([at, text]) => `${cursor.slice(0, at)}${text.toWellFormed()}${cursor.slice(at)}`),
  );
}
