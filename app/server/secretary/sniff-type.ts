/** A type of file, and how our name for it ends. */
export type FileType = { type: string; extension: string };

const MAGIC: [string, FileType][] = [
  ["504b0304", { type: "application/zip", extension: "zip" }],
  ["504b0506", { type: "application/zip", extension: "zip" }],
  ["255044462d", { type: "application/pdf", extension: "pdf" }],
  ["89504e470d0a1a0a", { type: "image/png", extension: "png" }],
  ["ffd8ff", { type: "image/jpeg", extension: "jpg" }],
  ["47494638", { type: "image/gif", extension: "gif" }],
];
const JSON_FILE = { type: "application/json", extension: "json" };
const MARKDOWN = { type: "text/markdown", extension: "md" };
const TEXT = { type: "text/plain", extension: "txt" };
const ANY = { type: "application/octet-stream", extension: "bin" };
// oxlint-disable-next-line no-control-regex -- a file with control characters is no text
const CONTROL = /[\u0000-\u0008\u000e-\u001f]/;

/**
 * The type of a file by its beginning, whatever its sender calls it. Text is JSON where it begins like it, Markdown where
 * its `name` says so; what is not known is mere bytes.
 */
export function sniffType(beginning: Uint8Array, name: string): FileType {
  const hex = Buffer.from(beginning.subarray(0, 8)).toString("hex");
  const known = MAGIC.find(([magic]) => hex.startsWith(magic));
  if (known !== undefined) return known[1];
  const text = textOf(beginning);
  if (text === undefined || CONTROL.test(text)) return ANY;
  if (/^\s*[[{]/.test(text)) return JSON_FILE;
  return name.includes("markdown") ? MARKDOWN : TEXT;
}

/** The beginning may end within a character, which a stream of text forgives. */
function textOf(beginning: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(beginning, { stream: true });
  } catch {
    return undefined;
  }
}
