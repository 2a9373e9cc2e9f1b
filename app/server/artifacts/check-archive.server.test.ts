import { describe, expect, it } from "vitest";
import { makeZip, type ZipEntry } from "../../../tests/support/make-zip.ts";
import { checkArchive } from "./check-archive.server.ts";

const TEXT = new TextEncoder().encode("Seite 1");
const MEGABYTE = 1024 * 1024;

describe("the check of an archive", () => {
  it("takes files, folders and names of any language", async () => {
    const names = ["seite-1.txt", "bilder/", "bilder/Übersicht 図.png", "a/b/..c/d.txt"];
    const zip = makeZip(names.map((name) => ({ name, data: name.endsWith("/") ? new Uint8Array() : TEXT })));
    expect(await checkArchive(zip)).toEqual({ ok: true, entries: 4 });
  });

  it("takes an empty archive", async () => {
    expect(await checkArchive(makeZip([]))).toEqual({ ok: true, entries: 0 });
  });

  it("takes what packs well, as long as it is small or not packed too well", async () => {
    const zip = makeZip([{ name: "zeros.bin", data: new Uint8Array(MEGABYTE) }]);
    expect(await checkArchive(zip)).toEqual({ ok: true, entries: 1 });
  });

  it.each(["/etc/passwd", "../up.txt", "a/../../up.txt", "C:/a.txt", "a\\..\\b.txt", "a\0.txt"])(
    "refuses the name %j",
    (name) => expectRefusal([{ name, data: TEXT }], /name|path|characters/i),
  );

  it.each<[string, Partial<ZipEntry>, RegExp]>([
    ["is encrypted", { flags: 1 }, /encrypted/],
    ["is a link", { mode: 0o120777 }, /link/],
    ["is damaged", { checksum: 1 }, /damaged/],
    ["unpacks to more than it claims", { claimedSize: 1 }, /not a sound ZIP/],
    ["has another name in its own header", { localName: "../../a" }, /second name/],
  ])("refuses an entry that %s", (_, fields, reason) =>
    expectRefusal([{ name: "a.txt", data: TEXT, ...fields }], reason),
  );

  it("refuses a bomb: an entry that unpacks to more than 100 times its size", () =>
    expectRefusal([{ name: "bomb.bin", data: new Uint8Array(8 * MEGABYTE) }], /100 times/));

  it("refuses more entries than 2,000", () =>
    expectRefusal(
      Array.from({ length: 2_001 }, (_, n) => ({ name: `${n}.txt`, data: TEXT })),
      /2,000/,
    ));

  it("refuses more than 32 MB", async () => {
    const check = await checkArchive(new Uint8Array(32 * MEGABYTE + 1));
    expect(check).toEqual({ ok: false, reason: expect.stringContaining("32 MB") });
  });

  it("refuses what is no ZIP, is cut off, or counts more entries than it has", async () => {
    const whole = makeZip([{ name: "a.txt", data: TEXT }]);
    const lying = makeZip([{ name: "a.txt", data: TEXT }], { claimedCount: 2 });
    for (const bytes of [new Uint8Array(), TEXT, whole.subarray(0, -10), whole.subarray(20), lying]) {
      expect(await checkArchive(bytes)).toMatchObject({ ok: false, reason: /not a sound ZIP/ });
    }
  });

  it("shows a name only as text", async () => {
    const check = await checkArchive(makeZip([{ name: "\u001b[31m\0", data: TEXT }]));
    expect(JSON.stringify(check)).not.toMatch(/\\u001b\[/);
  });
});

async function expectRefusal(entries: ZipEntry[], reason: RegExp): Promise<void> {
  const check = await checkArchive(makeZip(entries));
  expect(check).toEqual({ ok: false, reason: expect.stringMatching(/^the archive is refused: /) });
  expect(check).toEqual({ ok: false, reason: expect.stringMatching(reason) });
}
