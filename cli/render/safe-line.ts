import { stripUnsafe } from "#app/domain/clean-text.ts";

/** Text of a worker as one line that no terminal obeys: control characters out, tabs and newlines to spaces. */
export function safeLine(text: string): string {
  return stripUnsafe(text)
    .replace(/[\s\u2028\u2029]+/gu, " ")
    .trim();
}

/** Text of a worker that may have several lines; tabs become spaces, so that columns hold. */
export function safeLines(text: string): string[] {
  return stripUnsafe(text)
    .split(/[\n\u2028\u2029]/u)
    .map((line) => line.replaceAll("\t", "  ").trimEnd());
}
