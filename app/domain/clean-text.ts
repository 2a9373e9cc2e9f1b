const CUT = "…";
/** C0 and C1 controls but tab and newline, the bidirectional overrides, and lone surrogates. */
const UNSAFE =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Text without anything that a terminal or a browser would obey instead of showing it. */
export function stripUnsafe(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(UNSAFE, "");
}

/**
 * Text of a worker as it may be stored and shown: no control characters, and at most `limit` characters, cut
 * visibly and never inside a character (design: state rules, 6).
 */
export function cleanText(text: string, limit: number): string {
  const read = text.slice(0, limit * 2);
  const clean = stripUnsafe(read);
  if (clean.length <= limit && read.length === text.length) return clean;
  const cut = clean.slice(0, limit - CUT.length);
  return (/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut) + CUT;
}
