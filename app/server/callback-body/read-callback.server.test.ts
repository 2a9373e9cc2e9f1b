import { describe, expect, it } from "vitest";
import { parseCallback } from "./parse-callback.server.ts";
import { createReadCallback } from "./read-callback.server.ts";

const PROGRESS_LIMIT = 1_000;
const FINAL_LIMIT = 100_000_000;
const CHUNK = 500;
const TEN_MEGABYTES = 10_000_000;

describe("a callback's body", () => {
  it("is read whole, a progress callback as well as a final", async () => {
    expect(await read(aBody('{"phase":"running","progress":5}'))).toMatchObject({ kind: "parsed" });
    expect(await read(aBody(aFinal(5_000)))).toMatchObject({ report: { outcome: "completed" } });
  });

  it("is refused where it grows beyond a progress callback's and says nothing of an end", async () => {
    const { request, given } = counted('{"phase":"running","message":"', 1_000_000);
    await expect(read(request)).rejects.toMatchObject({ status: 413 });
    expect(given()).toBeLessThan(PROGRESS_LIMIT + 4 * CHUNK);
  });

  it("waits when others hold the memory, and goes on when one of them ends, well or not", async () => {
    const large = Array.from({ length: 3 }, () => steered('{"phase":"completed","message":"', TEN_MEGABYTES));
    const reading = large.map(({ request }) => read(request).catch((error: unknown) => error));
    await idle();
    expect(large.map(({ asked }) => asked())).toEqual([true, true, false]);
    large[1]?.fail();
    expect(await reading[1]).toMatchObject({ status: 400 });
    await idle();
    expect(large.map(({ asked }) => asked())).toEqual([true, true, true]);
    for (const n of [0, 2]) {
      large[n]?.finish('"}');
      expect(await reading[n]).toMatchObject({ kind: "parsed" });
    }
  });

  it("holds up nobody while it arrives slowly, however large it says it will be", async () => {
    const slow = Array.from({ length: 20 }, () => steered('{"phase":"completed","message":"', 2_000));
    const reading = slow.map(({ request }) => read(request));
    await idle();
    expect(await read(aBody(aFinal(5_000_000)))).toMatchObject({ report: { outcome: "completed" } });
    for (const { finish } of slow) finish('"}');
    expect(await Promise.all(reading)).toHaveLength(20);
  });

  const read = ((): ((request: Request) => ReturnType<ReturnType<typeof createReadCallback>>) => {
    const parse = (bytes: Uint8Array) => Promise.resolve(parseCallback(bytes, {}));
    const limits = {
      progressLimit: PROGRESS_LIMIT,
      finalLimit: FINAL_LIMIT,
      stallMs: 60_000,
      clock: Date.now,
    };
    const readCallback = createReadCallback({ parse, ...limits });
    return (request) => readCallback(request, undefined);
  })();
});

function aFinal(size: number): string {
  return JSON.stringify({ phase: "completed", data: { extracted_text: "x".repeat(size) } });
}

function aBody(text: string): Request {
  return post(new Blob([text]).stream());
}

/** A body that goes on for so many bytes; `given` counts those that were asked for. */
function counted(beginning: string, size: number) {
  let given = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const text = given === 0 ? beginning.padEnd(CHUNK, "x") : "x".repeat(CHUNK);
      given += CHUNK;
      controller.enqueue(new TextEncoder().encode(text));
      if (given >= size) controller.close();
    },
  });
  return { request: post(body), given: () => given };
}

/** A body that announces 30 MB, brings so many bytes at once, and goes on when it is told to. */
function steered(beginning: string, bytes: number) {
  let pulls = 0;
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (own) => void (controller = own),
      pull: () => {
        pulls += 1;
        if (pulls === 1) controller.enqueue(new TextEncoder().encode(beginning.padEnd(bytes, "x")));
      },
    },
    { highWaterMark: 0 },
  );
  return {
    request: post(body, { "Content-Length": "30000000" }),
    /** Whether it was asked for more than its beginning. */
    asked: () => pulls > 1,
    finish(end: string) {
      controller.enqueue(new TextEncoder().encode(end));
      controller.close();
    },
    fail: () => controller.error(new Error("aborted")),
  };
}

function post(body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}): Request {
  const type = { "Content-Type": "application/json" };
  return new Request("http://localhost/", {
    method: "POST",
    headers: { ...type, ...headers },
    body,
    duplex: "half",
  } as RequestInit);
}

async function idle(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
}
