import * as fc from "fast-check";
import { expect, it } from "vitest";
import { translateCallback } from "#app/contract/callback/translate-callback.ts";
import { callbackReportSchema } from "#app/contract/callback/report.ts";
import { cleanReport } from "./clean-report.ts";

it("cuts a message at 2,000 characters, visibly, in the job and in its line", () => {
  const report = cleaned({ message: "ä".repeat(5_000) });
  for (const message of [report.message, report.lines[0]?.message]) {
    expect(message).toHaveLength(2_000);
    expect(message).toMatch(/ä…$/);
  }
});

it("cuts details at 8 KB, visibly and between characters, and tells how large they were", () => {
  const { details } = cleaned({ message: "x", args: "😀".repeat(5_000) }).lines[0] ?? {};
  expect(details).toEqual({ cut: expect.stringMatching(/^\{"args":"😀+…$/u), bytes: 20_011 });
  expect(Buffer.byteLength(JSON.stringify(details))).toBeLessThanOrEqual(8 * 1024);
});

it("keeps details of just 8 KB whole", () => {
  const args = "x".repeat(8 * 1024 - '{"args":""}'.length);
  expect(cleaned({ message: "x", args }).lines[0]?.details).toEqual({ args });
});

it("redacts secrets in details, also those of the arguments and of an error", () => {
  const report = cleaned({
    phase: "error",
    message: 'Aufruf - Args: {"headers":{"Authorization":"s3cret"}}',
    error: { code: "E1", message: "x", details: { api_key: "s3cret" } },
    worker: { accessToken: "s3cret" },
  });
  expect(JSON.stringify(report)).not.toContain("s3cret");
  expect(report.error?.details).toEqual({ api_key: "[redacted]" });
});

it("takes everything out of a text that a terminal would obey", () => {
  const report = cleaned({
    phase: "\u001B[31mrot",
    message: "\u202Egpj.exe\u0007",
    error: "\u009B2J",
    logs: ["\u001B]0;böse\u0007"],
    process: { id: "job-\u0000" },
  });
  expect(JSON.stringify(report)).not.toMatch(/\\u00[0189]|\u009B|\u202E/);
});

it("gives a report that satisfies the schema, and that cleaning does not change again", () => {
  const text = fc.string({ unit: "binary", maxLength: 30 });
  // The schemas read a record without the key __proto__.
  const json = fc
    .jsonValue()
    .map((value): unknown => JSON.parse(JSON.stringify(value).replaceAll("__", "--")));
  const fields = fc.dictionary(
    text.map((key) => key.replaceAll("_", "-")),
    json,
  );
  const body = fc.record(
    {
      phase: text,
      message: fc.oneof(text, fc.string({ minLength: 1_990, maxLength: 2_010 })),
      details: fields,
      error: fc.oneof(text, fields),
      logs: fc.array(text, { maxLength: 3 }),
      process: fc.record({ id: text }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(body, (sent) => {
      const once = cleaned(sent);
      expect(callbackReportSchema.parse(once)).toEqual(once);
      expect(cleanReport(once)).toEqual(once);
    }),
    { numRuns: 500 },
  );
});

function cleaned(body: unknown) {
  const translated = translateCallback(body);
  if ("fault" in translated) throw new Error(`${translated.fault.field}: ${translated.fault.message}`);
  return cleanReport(translated.report);
}
