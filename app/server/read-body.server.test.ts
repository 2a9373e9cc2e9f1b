import { expect, it } from "vitest";
import { readJsonBody } from "./read-body.server.ts";

const LIMIT = 1_000;

it("gives the bytes as they arrived, over any number of chunks", async () => {
  const text = '{"message":"Übergröße 😀"}';
  const bytes = new TextEncoder().encode(text);
  const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect(new TextDecoder().decode(await readJsonBody(chunked(chunks), LIMIT))).toBe(text);
});

it("gives no bytes where there is no body", async () => {
  const request = new Request("http://localhost/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
  });
  expect(await readJsonBody(request, LIMIT)).toHaveLength(0);
});

it("takes a body of exactly the limit, and refuses one byte more", async () => {
  expect(await readJsonBody(chunked([new Uint8Array(LIMIT)]), LIMIT)).toHaveLength(LIMIT);
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
    expect(await readJsonBody(request, LIMIT)).toHaveLength(2);
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

async function answerTo(request: Request): Promise<Response> {
  const thrown: unknown = await readJsonBody(request, LIMIT).catch((error: unknown) => error);
  if (thrown instanceof Response) return thrown;
  throw new Error("this body was taken");
}

async function refused(request: Request): Promise<{ status: number; code: string; message: string }> {
  const answer = await answerTo(request);
  const { error } = await answer.json();
  return { status: answer.status, ...error };
}
