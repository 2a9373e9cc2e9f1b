import { afterAll, beforeAll, expect, it } from "vitest";
import { makeZip } from "../../../tests/support/make-zip.ts";
import { createCallbackParser, type ParseCallback } from "./callback-parser.server.ts";
import { type CallbackWorker, createCallbackWorker } from "./callback-worker-pool.server.ts";
import { parseCallback } from "./parse-callback.server.ts";

const TOKEN = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";
const secretaryUrl = "https://secretary.example";
const archive = makeZip([{ name: "seite-1.txt", data: new TextEncoder().encode("Seite 1") }]);

let worker: CallbackWorker;
let parse: ParseCallback;
beforeAll(() => {
  worker = createCallbackWorker();
  parse = createCallbackParser({ worker, secretaryUrl });
});
afterAll(() => worker.close());

it.each([10, 100_000, 2_000_000])(
  "reads %i characters as the plain parser does, wherever it does it",
  async (size) => {
    const body = aFinal(size);
    expect(await parse(bytesOf(body), TOKEN)).toEqual(
      parseCallback(bytesOf(body), { secrets: [TOKEN], secretaryUrl }),
    );
  },
);

it("reads several large bodies at once, each into its own", async () => {
  const sizes = [300_000, 400_000, 500_000, 600_000];
  const read = await Promise.all(sizes.map((size) => parse(bytesOf(aFinal(size)), undefined)));
  expect(read).toEqual(sizes.map((size) => parseCallback(bytesOf(aFinal(size)), { secretaryUrl })));
});

it("says of a large body what is wrong with it", async () => {
  expect(await parse(bytesOf("x".repeat(300_000)), undefined)).toMatchObject({ kind: "malformed" });
  expect(await parse(bytesOf("[".repeat(300_000)), undefined)).toMatchObject({ kind: "invalid" });
});

it("reads a part of a larger buffer and leaves the rest alone", async () => {
  const buffer = Buffer.from(`before${aFinal(300_000)}`);
  expect(await parse(buffer.subarray(6), undefined)).toMatchObject({ kind: "parsed" });
  expect(buffer.subarray(0, 6).toString()).toBe("before");
});

it("checks archives in the same thread", async () => {
  expect(await worker.checkArchive(archive.slice())).toEqual({ ok: true, entries: 1 });
  expect(await worker.checkArchive(new Uint8Array(10))).toMatchObject({ ok: false });
});

function aFinal(size: number): string {
  const data = { extracted_text: `${TOKEN} ${"ü".repeat(size)}`, markdown_url: "/a.md" };
  return JSON.stringify({
    phase: "completed",
    data,
    images_archive_data: Buffer.from(archive).toString("base64"),
  });
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
