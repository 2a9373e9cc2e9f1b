import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type JobResult, jobResultSchema } from "#app/contract/job.ts";
import { type ParsedCallback, type ParseOptions, parseCallback } from "./parse-callback.server.ts";

type Parsed = Extract<ParsedCallback, { kind: "parsed" }>;

const TOKEN = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";
const ZIP = new TextEncoder().encode("PK\u0005\u0006, as far as this parser is concerned");

describe("what is read of a callback", () => {
  it("is its report, with size and digest of the bytes", () => {
    const body = '{"phase":"running","progress":5,"message":"Seite 1"}';
    const sha256 = createHash("sha256").update(body).digest("hex");
    expect(parse(body)).toMatchObject({
      kind: "parsed",
      bytes: body.length,
      digest: sha256,
      report: { phase: "running", progress: 5, message: "Seite 1" },
    });
    expect(parse(body)).not.toHaveProperty("result");
  });

  it("is the result as JSON bytes, with relative links resolved", () => {
    const data = { extracted_text: "Übergröße 😀", markdown_url: "/files/1.md" };
    const parsed = parsedOf({ phase: "completed", data }, { secretaryUrl: "https://secretary.example" });
    expect(resultOf(parsed)).toEqual({
      text: "Übergröße 😀",
      links: [{ name: "markdown_url", url: "https://secretary.example/files/1.md" }],
    });
  });

  it("is the archive, decoded", () => {
    const archive = Buffer.from(ZIP).toString("base64");
    const parsed = parsedOf({ data: { extracted_text: "a" }, images_archive_data: archive });
    expect(parsed.archive).toEqual(ZIP);
    expect(parsed.report).toMatchObject({ outcome: "completed", hasArchive: true });
  });

  it.each(["not base64!", "UEsDB", "UEsD\nBBQA", "UE=sD", "data:application/zip;base64,UEsDBA=="])(
    "keeps a final whose archive is %j, and says why there is none",
    (archive) => {
      const parsed = parsedOf({ data: { extracted_text: "a" }, images_archive_data: archive });
      expect(parsed.report).toMatchObject({ outcome: "completed", hasArchive: true });
      expect(parsed.archiveFault).toMatch(/base64/);
      expect(parsed).not.toHaveProperty("archive");
      expect(resultOf(parsed)).toMatchObject({ text: "a" });
    },
  );

  it("takes __proto__ as a key like any other", () => {
    const parsed = parsedOf('{"data":{"__proto__":{"polluted":1},"constructor":2},"__proto__":3}');
    expect(Object.hasOwn(parsed.report, "polluted") || "polluted" in {}).toBe(false);
    expect(new TextDecoder().decode(parsed.result)).toContain('"__proto__":{"polluted":1}');
  });
});

describe("the token a callback came with", () => {
  const escaped = [...TOKEN].map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join("");

  it.each([
    ["as a value", `{"message":"${TOKEN}"}`],
    ["as a key", `{"details":{"${TOKEN}":1},"message":"a"}`],
    ["within a text", `{"message":"https://a.example/?t=${TOKEN}&x=1","phase":"${TOKEN}"}`],
    ["spelt with escapes", `{"message":"${escaped}","details":{"a":"${escaped}"}}`],
    ["in a result", `{"data":{"extracted_text":"${TOKEN}","more":{"a":["${escaped}"]}}}`],
    ["in an error", `{"error":{"code":"${TOKEN}","message":"m","details":{"a":"${TOKEN}"}}}`],
    ["in a body that is not JSON", `{"message":"a" ${TOKEN}`],
    ["in a field of the wrong type", `{"progress":"${TOKEN}"}`],
  ])("is nowhere in what is read: %s", (_, body) => {
    const parsed = parse(body, { secrets: [TOKEN] });
    const text = [JSON.stringify(parsed), "result" in parsed ? new TextDecoder().decode(parsed.result) : ""];
    expect(text.join()).not.toContain(TOKEN);
  });
});

describe("what is no callback", () => {
  it.each(["", "{", "nonsense", '{"a":1,}', "{'a':1}"])("is malformed: %j", (body) => {
    expect(parse(body)).toEqual({ kind: "malformed", message: expect.any(String) });
  });

  it("is malformed where it is not UTF-8", () => {
    const bytes = Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d);
    expect(parseCallback(bytes, {})).toEqual({
      kind: "malformed",
      message: expect.stringContaining("UTF-8"),
    });
  });

  it("quotes no more than a little of it", () => {
    const parsed = parse(`{"secret":${"x".repeat(10_000)}`);
    expect(JSON.stringify(parsed).length).toBeLessThan(300);
  });

  it.each(["[]", "1", '"a"', "null", '{"progress":"a"}', `${"[".repeat(100)}`])(
    "is invalid: %.20s",
    (body) => {
      expect(parse(body)).toEqual({
        kind: "invalid",
        field: expect.any(String),
        message: expect.any(String),
      });
    },
  );

  it("is found before it is built: nesting and numbers of items have caps", () => {
    const deep = `{"data":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`;
    const wide = `{"data":[${"[],".repeat(1_000_000)}0]}`;
    for (const body of [deep, wide]) expect(parse(body)).toMatchObject({ kind: "invalid", field: "body" });
  });
});

function parse(body: string, options: ParseOptions = {}): ParsedCallback {
  return parseCallback(new TextEncoder().encode(body), options);
}

function parsedOf(body: unknown, options?: ParseOptions): Parsed {
  const parsed = parse(typeof body === "string" ? body : JSON.stringify(body), options);
  if (parsed.kind === "parsed") return parsed;
  throw new Error(`not read: ${parsed.message}`);
}

function resultOf({ result }: Parsed): JobResult {
  return jobResultSchema.parse(JSON.parse(new TextDecoder().decode(result)));
}
