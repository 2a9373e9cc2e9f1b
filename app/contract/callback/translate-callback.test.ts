import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallbackPayload, CallbackReport } from "./report.ts";
import { translateCallback } from "./translate-callback.ts";

type Row = { of: string; body: unknown; says: Partial<CallbackReport> };

describe("the Secretary's progress, in its three places", () => {
  it.each<Row>([
    {
      of: "pdf, office and transformer",
      body: {
        phase: "processing",
        progress: 5,
        message: "Seite 1 von 20 \u00fcbernommen",
        process: { id: "job-1" },
      },
      says: {
        phase: "processing",
        progress: 5,
        message: "Seite 1 von 20 übernommen",
        processId: "job-1",
        lines: [{ level: "info", phase: "processing", progress: 5, message: "Seite 1 von 20 übernommen" }],
      },
    },
    {
      of: "audio and video",
      body: { phase: "progress", message: "Segment 3", job: { id: "theirs" }, data: { progress: 20 } },
      says: { phase: "progress", progress: 20, message: "Segment 3" },
    },
    {
      of: "the answer to a question",
      body: { status: "processing", progress: { step: "ocr", percent: 12, message: "…" } },
      says: { progress: 12 },
    },
    { of: "0", body: { progress: 0 }, says: { progress: 0 } },
    { of: "less than nothing", body: { progress: -3 }, says: { progress: 0 } },
    { of: "more than all", body: { progress: 180.5 }, says: { progress: 100 } },
  ])("$of", ({ body, says }) => {
    const { report } = translated(body);
    expect(report).toMatchObject(says);
    expect(report).not.toHaveProperty("outcome");
  });

  it("is absent, not 0, where nobody knows it", () => {
    for (const body of [{}, { progress: null }, { data: {} }, { data: null }, { current: 3, total: 0 }]) {
      expect(translated(body).report).not.toHaveProperty("progress");
    }
  });
});

describe("the Secretary's log lines", () => {
  it("are split into message and arguments", () => {
    const message = 'Seite 3 gelesen\n - Args: {"path": "/srv/in.pdf", "seconds": 1.5}';
    const { report } = translated({ phase: "running", message, process: { id: "job-1" }, progress: 10 });
    expect(report.message).toBe("Seite 3 gelesen\n");
    expect(report.lines).toEqual([
      {
        level: "info",
        phase: "running",
        progress: 10,
        message: "Seite 3 gelesen\n",
        details: { path: "/srv/in.pdf", seconds: 1.5 },
      },
    ]);
  });

  it("splits it off the lines of a list, too, beside the details they came with", () => {
    const lines = [
      { message: 'Seite 4 - Args: {"seconds": 2}', details: { page: 4 } },
      "Seite 5 - Args: x",
      "Seite 6",
    ];
    const { report } = translated({ logs: lines });
    expect(report.lines).toEqual([
      { level: "info", message: "Seite 4", details: { page: 4, seconds: 2 } },
      { level: "info", message: "Seite 5", details: { args: "x" } },
      { level: "info", message: "Seite 6" },
    ]);
  });

  it("keep arguments that are no JSON as text", () => {
    const { report } = translated({ phase: "running", message: "Start - Args: (1, 'zwei')" });
    expect(report.lines[0]).toMatchObject({ message: "Start", details: { args: "(1, 'zwei')" } });
  });

  it("that say failed are error lines, and no end", () => {
    const { report, payload } = translated({
      phase: "failed",
      message: "Fehler bei OCR für Seite 37",
      process: {},
    });
    expect(report).not.toHaveProperty("outcome");
    expect(report).toMatchObject({
      errorLine: "Fehler bei OCR für Seite 37",
      lines: [{ level: "error", message: "Fehler bei OCR für Seite 37" }],
    });
    expect(payload).toEqual({});
  });
});

describe("the Secretary's finals", () => {
  it.each<{ of: string; body: Record<string, unknown>; result: CallbackPayload["result"] }>([
    {
      of: "pdf",
      body: {
        phase: "completed",
        message: "Extraktion abgeschlossen",
        data: {
          extracted_text: "Seite eins",
          metadata: { text_contents: [{ page: 1, content: "Seite eins" }] },
          mistral_ocr_raw_url: "/api/jobs/job-1/ocr.json",
          mistral_ocr_raw_metadata: { pages: 1 },
          pages_archive_url: "/api/jobs/job-1/pages.zip",
        },
      },
      result: {
        text: "Seite eins",
        links: [
          { name: "mistral_ocr_raw_url", url: "/api/jobs/job-1/ocr.json" },
          { name: "pages_archive_url", url: "/api/jobs/job-1/pages.zip" },
        ],
        metadata: { text_contents: [{ page: 1, content: "Seite eins" }] },
        data: { mistral_ocr_raw_metadata: { pages: 1 } },
      },
    },
    {
      of: "pdf without a text",
      body: { phase: "completed", message: "Extraktion abgeschlossen", data: { extracted_text: null } },
      result: undefined,
    },
    {
      of: "office",
      body: {
        phase: "completed",
        data: {
          extracted_text: "Absatz",
          metadata: { text_contents: [{ index: 0, text: "Absatz", kind: "docx_paragraph" }] },
          markdown_url: "/m.md",
          archive_url: "/a.zip",
        },
      },
      result: {
        text: "Absatz",
        links: [
          { name: "markdown_url", url: "/m.md" },
          { name: "archive_url", url: "/a.zip" },
        ],
        metadata: { text_contents: [{ index: 0, text: "Absatz", kind: "docx_paragraph" }] },
      },
    },
    {
      of: "transformer",
      body: { phase: "completed", message: "Template-Transformation abgeschlossen", data: {} },
      result: undefined,
    },
    {
      of: "audio",
      body: { phase: "completed", job: { id: "theirs" }, data: { transcription: { text: "Guten Tag" } } },
      result: { text: "Guten Tag", links: [] },
    },
    {
      of: "audio without a text",
      body: { phase: "completed", data: { transcription: { text: null } } },
      result: undefined,
    },
    {
      of: "video",
      body: {
        phase: "completed",
        data: { transcription: { text: "Film ab" }, result: { segments: [1, 2] } },
      },
      result: { text: "Film ab", links: [], data: { result: { segments: [1, 2] } } },
    },
    {
      of: "office, asked for",
      body: {
        phase: "completed",
        data: {
          status: "success",
          request: {},
          process: {},
          error: null,
          data: { extracted_text: "tiefer" },
        },
      },
      result: { text: "tiefer", links: [] },
    },
    {
      of: "the concept, without a phase",
      body: { data: { extracted_text: "Text" }, metadata: { pages: 2 } },
      result: { text: "Text", links: [], metadata: { pages: 2 } },
    },
  ])("$of", ({ body, result }) => {
    const { report, payload } = translated(body);
    expect(report.outcome).toBe("completed");
    expect(payload.result).toEqual(result);
  });

  it("carry their archive of images beside the report", () => {
    for (const body of [
      { data: { extracted_text: "Text" }, images_archive_data: "UEsDBA==" },
      { phase: "completed", data: { extracted_text: "Text", images_archive_data: "UEsDBA==" } },
      { images_archive_data: "UEsDBA==" },
    ]) {
      const { report, payload } = translated(body);
      expect(report.outcome).toBe("completed");
      expect(payload.archive).toBe("UEsDBA==");
      expect(JSON.stringify({ report, result: payload.result })).not.toContain("UEsDBA==");
    }
  });
});

describe("the Secretary's errors", () => {
  it.each<Row & { text?: string }>([
    {
      of: "audio, video and youtube",
      body: {
        phase: "error",
        message: "Transkription fehlgeschlagen",
        job: { id: "theirs" },
        error: { code: "RuntimeError", message: "no audio", details: { traceback: "Traceback …" } },
        data: null,
      },
      says: {
        outcome: "failed",
        message: "Transkription fehlgeschlagen",
        error: { code: "RuntimeError", message: "no audio", details: { traceback: "Traceback …" } },
      },
    },
    {
      of: "pdf with a usable result",
      body: {
        phase: "error",
        message: "zu groß",
        error: { code: "DocumentTooLarge", message: "zu groß", details: { mb: 17 } },
        data: { extracted_text: "bis hierher" },
      },
      says: {
        outcome: "failed",
        error: { code: "DocumentTooLarge", message: "zu groß", details: { mb: 17 } },
      },
      text: "bis hierher",
    },
    {
      of: "generic, without phase or message",
      body: {
        status: "error",
        worker: "secretary",
        jobId: "its own",
        process: { id: "job-9", main_processor: "pdf" },
        data: null,
        error: { code: "ProcessingError", message: "kaputt", details: {} },
        callback_token: "never-to-be-seen",
      },
      says: {
        outcome: "failed",
        message: "kaputt",
        processId: "job-9",
        error: { code: "ProcessingError", message: "kaputt" },
      },
    },
    {
      of: "the concept, as text",
      body: { error: "Datei ist beschädigt" },
      says: { outcome: "failed", error: { code: "failed", message: "Datei ist beschädigt" } },
    },
    {
      of: "the concept, as an object",
      body: { error: { code: "E1", message: "kaputt", page: 3 } },
      says: { outcome: "failed", error: { code: "E1", message: "kaputt", details: { page: 3 } } },
    },
    {
      of: "without any reason",
      body: { phase: "error" },
      says: {
        outcome: "failed",
        error: { code: "failed", message: expect.stringMatching(/./) },
      },
    },
  ])("$of", ({ body, says, text }) => {
    const { report, payload } = translated(body);
    expect(report).toMatchObject(says);
    expect(report.lines.every(({ level }) => level === "error")).toBe(true);
    expect(payload.result?.text).toBe(text);
  });

  it("never show the token that a generic error holds", () => {
    const said = translated({ status: "error", error: { message: "x" }, callback_token: "never-to-be-seen" });
    expect(JSON.stringify(said)).not.toContain("never-to-be-seen");
  });
});

describe("plain workers", () => {
  it.each<Row>([
    { of: "an empty sign of life", body: {}, says: { lines: [] } },
    { of: "queued", body: { status: "queued" }, says: { queued: true } },
    { of: "pending", body: { phase: "pending", data: { progress: 0 } }, says: { queued: true, progress: 0 } },
    { of: "completed", body: { status: "completed" }, says: { outcome: "completed" } },
    {
      of: "failed",
      body: { status: "failed", message: "nein" },
      says: { outcome: "failed", message: "nein" },
    },
    { of: "canceled", body: { status: "canceled" }, says: { outcome: "canceled" } },
    { of: "cancelled", body: { status: "cancelled" }, says: { outcome: "canceled" } },
    { of: "an order of its own", body: { seq: 7, progress: 1 }, says: { seq: 7 } },
    {
      of: "a count",
      body: { current: 38, total: 91, unit: "Seiten" },
      says: { progress: (100 * 38) / 91, message: "38/91 Seiten" },
    },
    { of: "a count without an end", body: { current: 38, unit: "Seiten" }, says: { message: "38 Seiten" } },
    {
      of: "lines",
      body: {
        logs: [
          "einfach",
          { message: "mit Zeit", level: "WARNING", timestamp: "2026-01-01T01:00:00+01:00", progress: 3 },
        ],
        message: "zuletzt",
      },
      says: {
        lines: [
          { level: "info", message: "einfach" },
          { level: "warn", message: "mit Zeit", timestamp: "2026-01-01T00:00:00.000Z", progress: 3 },
          { level: "info", message: "zuletzt" },
        ],
      },
    },
    {
      of: "fields nobody knows",
      body: { message: "hallo", host: "w1", details: { cpu: 2 } },
      says: { lines: [{ level: "info", message: "hallo", details: { host: "w1", cpu: 2 } }] },
    },
  ])("$of", ({ body, says }) => {
    expect(translated(body).report).toMatchObject(says);
  });
});

it("takes __proto__ for just a key", () => {
  const { report } = translated(
    JSON.parse('{"message":"x","__proto__":{"outcome":"completed"},"job":{"__proto__":1}}'),
  );
  expect(report.outcome).toBeUndefined();
  expect(Object.hasOwn(report.lines[0]?.details ?? {}, "__proto__")).toBe(true);
  expect(Object.getPrototypeOf(report.lines[0]?.details)).toBe(Object.prototype);
  expect({}).not.toHaveProperty("outcome");
});

describe("a fault names the field", () => {
  it.each([
    { body: null, field: "body" },
    { body: 42, field: "body" },
    { body: [], field: "body" },
    { body: "text", field: "body" },
    { body: { progress: "many" }, field: "progress" },
    { body: { progress: { percent: "5" } }, field: "progress" },
    { body: { phase: 5 }, field: "phase" },
    { body: { message: {} }, field: "message" },
    { body: { seq: 1.5 }, field: "seq" },
    { body: { level: "loud" }, field: "level" },
    { body: { error: 5 }, field: "error" },
    { body: { logs: "line" }, field: "logs" },
    { body: { logs: ["fine", 5] }, field: "logs.1" },
  ])("$field of $body", ({ body, field }) => {
    const answer = translateCallback(body);
    expect(answer).toEqual({
      fault: { field: expect.stringMatching(`^${field}(\\.|$)`), message: expect.any(String) },
    });
  });
});

it("answers any JSON with a report or a fault, and never throws", () => {
  const known = fc.record(
    {
      phase: fc.constantFrom("running", "failed", "error", "completed", "pending", ""),
      status: fc.constantFrom("queued", "error", "completed", null),
      progress: fc.anything(),
      data: fc.jsonValue(),
      error: fc.jsonValue(),
      message: fc.string(),
      logs: fc.jsonValue(),
      process: fc.jsonValue(),
      job: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(known, fc.jsonValue()), (body) => {
      const answer = translateCallback(body);
      expect("fault" in answer ? answer.fault.field : answer.report.lines).not.toBe("");
    }),
    { numRuns: 500 },
  );
});

function translated(body: unknown): { report: CallbackReport; payload: CallbackPayload } {
  const answer = translateCallback(body);
  if ("fault" in answer) throw new Error(`${answer.fault.field}: ${answer.fault.message}`);
  return answer;
}
