import { expect, it } from "vitest";
import { type BodyOptions, readBody } from "./read-body.server.ts";

const LIMIT = 1_000;

it("gives the bytes as they arrived, over any number of chunks", async () => {
  const text = '{"message":"Übergröße 😀"}';
  const bytes = new TextEncoder().encode(text);
  const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect(new TextDecoder().decode(await read(chunked(chunks)))).toBe(text);
});

it("gives no bytes where there is no body", async () => {
  const request = new Request("http://localhost/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
  });
  expect(await read(request)).toHaveLength(0);
});

it("takes a body of exactly the limit, and refuses one byte more", async () => {
  expect(await read(chunked([new Uint8Array(LIMIT)]))).toHaveLength(LIMIT);
  expect(await refused(chunked([new Uint8Array(LIMIT), new Uint8Array(1)]))).toMatchObject({
    status: 413,
    code: "too_large",
    message: expect.stringContaining("1000 bytes"),
  });
});

it("stops reading where the limit is crossed", async () => {
  let given = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 100;
      controller.enqueue(new Uint8Array(100));
    },
  });
  expect(await refused(post(endless))).toMatchObject({ status: 413 });
  expect(given).toBeLessThan(LIMIT + 500);
});

it("does not believe a Content-Length that promises less", async () => {
  const request = chunked([new Uint8Array(LIMIT + 1)], { "Content-Length": "10" });
  expect(await refused(request)).toMatchObject({ status: 413 });
});

it("closes the connection on a body that is too large", async () => {
  const answer = await answerTo(chunked([new Uint8Array(LIMIT + 1)]));
  expect(answer.headers.get("Connection")).toBe("close");
});

it.each(["application/json", "application/json; charset=utf-8", "Application/JSON"])(
  "takes %s",
  async (type) => {
    const request = chunked([new TextEncoder().encode("{}")], { "Content-Type": type });
    expect(await read(request)).toHaveLength(2);
  },
);

it.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])(
  "refuses the type '%s' and says which is taken",
  async (type) => {
    expect(await refused(chunked([], { "Content-Type": type }))).toMatchObject({
      status: 415,
      message: expect.stringContaining("application/json"),
    });
  },
);

it("refuses a body that is compressed", async () => {
  expect(await refused(chunked([], { "Content-Encoding": "gzip" }))).toMatchObject({
    status: 415,
    message: expect.stringContaining("gzip"),
  });
});

it("gives up a body that stands still, and closes the connection", async () => {
  const still = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(1)),
  });
  const answer = await answerTo(post(still), { stallMs: 5 });
  expect([answer.status, answer.headers.get("Connection")]).toEqual([408, "close"]);
});

it("gives up a body whose sender went away", async () => {
  const torn = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error("aborted")),
  });
  expect(await refused(post(torn))).toMatchObject({ status: 400, code: "body_incomplete" });
});

it("asks once whether a large body is wanted, with all that has come, and then for memory", async () => {
  const asked: number[] = [];
  const grown: number[] = [];
  const decide = (beginning: Uint8Array): void => void asked.push(beginning.length);
  const grow = (bytes: number): Promise<void> => Promise.resolve(void grown.push(bytes));
  const chunks = (): Uint8Array[] => [200, 200, 200].map((size) => new Uint8Array(size));
  expect(await read(chunked(chunks()), { onLarge: { after: 300, decide, grow } })).toHaveLength(600);
  expect([asked, grown]).toEqual([[400], [400, 600]]);
  await read(chunked(chunks()), { onLarge: { after: 600, decide, grow } });
  expect([asked, grown]).toEqual([[400], [400, 600]]);
});

it("ends the reading with the answer of whoever does not want a large body", async () => {
  const unwanted = new Response(null, { status: 413 });
  const decide = (): void => {
    throw unwanted;
  };
  const onLarge = { after: 100, decide, grow: () => Promise.resolve() };
  expect(await answerTo(chunked([new Uint8Array(200), new Uint8Array(200)]), { onLarge })).toBe(unwanted);
});

function chunked(chunks: Uint8Array[], headers: Record<string, string> = {}): Request {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  return post(body, headers);
}

function post(body: ReadableStream, headers: Record<string, string> = {}): Request {
  const type = { "Content-Type": "application/json" };
  const init = { method: "POST", headers: { ...type, ...headers }, body, duplex: "half" };
  return new Request("http://localhost/", init);
}

function read(request: Request, options: Partial<BodyOptions> = {}): Promise<Uint8Array> {
  return readBody(request, { limit: LIMIT, stallMs: 60_000, ...options });
}

async function answerTo(request: Request, options: Partial<BodyOptions> = {}): Promise<Response> {
  const thrown: unknown = await read(request, options).catch((error: unknown) => error);
  if (thrown instanceof Response) return thrown;
  throw new Error("this body was taken");
}

async function refused(
  request: Request,
  options: Partial<BodyOptions> = {},
): Promise<{ status: number; code: string; message: string }> {
  const answer = await answerTo(request, options);
  const { error } = await answer.json();
  return { status: answer.status, ...error };
}
