const TAIL = 6;
const SHORT = 16;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * A title as the part that may be cut at its end and the part that always stays: the last letters with the file's
 * extension, because that is how names differ. Joined, both are the title; never cut inside a character.
 */
export function cutTitle(title: string): [head: string, tail: string] {
  const letters = [...graphemes.segment(title)].map(({ segment }) => segment);
  if (letters.length <= SHORT) return [title, ""];
  const extension = /\.[\p{L}\p{N}]{1,5}$/u.exec(title)?.[0] ?? "";
  const at = letters.length - extension.length - TAIL;
  return [letters.slice(0, at).join(""), letters.slice(at).join("")];
}
