import { createHash } from "node:crypto";
import { type CallbackReport, callbackReportSchema } from "#app/contract/callback/report.ts";
import { translateCallback } from "#app/contract/callback/translate-callback.ts";
import type { JobResult } from "#app/contract/job.ts";
import { defined } from "#app/contract/defined.ts";
import { cleanReport } from "#app/domain/clean-report.ts";
import { cleanText } from "#app/domain/clean-text.ts";
import { redact } from "#app/domain/redact.ts";
import { decodeBase64 } from "./decode-base64.ts";
import { findExcess } from "./json-caps.ts";

/**
 * A callback's body, read: no part of it holds the token it came with, none but `archive` anything that
 * `cleanReport` and `redact` take out. `digest` is the SHA-256 of the bytes in hex, `bytes` their number, `result`
 * the JSON of a `JobResult`, `links` those in it. `archiveFault`: files came along but cannot be read, in a sentence.
 */
export type ParsedCallback =
  | {
      kind: "parsed";
      digest: string;
      bytes: number;
      report: CallbackReport;
      result?: Uint8Array<ArrayBuffer>;
      links?: JobResult["links"];
      archive?: Uint8Array<ArrayBuffer>;
      archiveFault?: string;
    }
  | { kind: "malformed"; message: string }
  | { kind: "invalid"; field: string; message: string };

/** `secrets` are hidden wherever they stand in the text. */
export type ParseOptions = { secrets?: string[]; secretaryUrl?: string };

/** Reads a callback's bytes, synchronously: up to a second for the largest, so those belong into the worker. */
export function parseCallback(bytes: Uint8Array, { secrets = [], ...options }: ParseOptions): ParsedCallback {
  const hide = (text: string): string =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, "[redacted]"), text);
  const excess = findExcess(bytes);
  if (excess !== undefined) return { kind: "invalid", field: "body", message: excess };
  const body = parseJson(bytes, hide);
  if ("kind" in body) return body;
  const translated = translateCallback(body.value, options);
  if ("fault" in translated) {
    const { field, message } = translated.fault;
    return { kind: "invalid", field: cleanText(field, 100), message: cleanText(message, 300) };
  }
  const { result, archive } = translated.payload;
  const files = archive === undefined ? undefined : decodeBase64(archive);
  return {
    kind: "parsed",
    digest: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.byteLength,
    report: hideIn(cleanReport(translated.report), hide),
    ...defined({
      result: result && new TextEncoder().encode(hide(JSON.stringify(redact(result)))),
      links: result?.links.length ? result.links : undefined,
      archive: files,
      archiveFault: archive !== undefined && !files ? "images_archive_data is not base64" : undefined,
    }),
  };
}

type Hide = (text: string) => string;

function parseJson(
  bytes: Uint8Array,
  hide: Hide,
): { value: unknown } | { kind: "malformed"; message: string } {
  try {
    return { value: JSON.parse(hide(new TextDecoder("utf-8", { fatal: true }).decode(bytes))) };
  } catch (error) {
    const message = error instanceof SyntaxError ? cleanText(error.message, 200) : "it is not UTF-8";
    return { kind: "malformed", message };
  }
}

/** A token that was spelt with escapes shows only now. */
function hideIn(report: CallbackReport, hide: Hide): CallbackReport {
  const text = JSON.stringify(report);
  const hidden = hide(text);
  return hidden === text ? report : callbackReportSchema.parse(JSON.parse(hidden));
}
