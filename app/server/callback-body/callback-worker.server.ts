import { move, transferableSymbol, valueSymbol } from "piscina";
import {
  type ArchiveCheck,
  checkArchive as check,
  checkArchiveFile as checkFile,
} from "#app/server/artifacts/check-archive.server.ts";
import { type ParsedCallback, type ParseOptions, parseCallback } from "./parse-callback.server.ts";

/** What the worker thread does (`callback-worker-pool`); bytes come and go without being copied. */
export type ParseTask = { bytes: Uint8Array; options: ParseOptions };

export function parse({ bytes, options }: ParseTask): unknown {
  const parsed = parseCallback(bytes, options);
  return move({ [transferableSymbol]: buffersOf(parsed), [valueSymbol]: parsed });
}

export function checkArchive(bytes: Uint8Array): Promise<ArchiveCheck> {
  return check(bytes);
}

/** A file that this process has open: threads share what is open. */
export function checkArchiveFile(fd: number): Promise<ArchiveCheck> {
  return checkFile(fd);
}

function buffersOf(parsed: ParsedCallback): ArrayBuffer[] {
  if (parsed.kind !== "parsed") return [];
  return [parsed.result, parsed.archive].flatMap((bytes) => bytes?.buffer ?? []);
}
