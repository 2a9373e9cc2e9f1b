const TAIL = 6;
const SHORT = 16;
/** Scripts in which every character is a letter of its own: no mark that belongs to the one before. */
const SIMPLE = /^[ -\u02ff]*$/;
let graphemes: Intl.Segmenter | undefined;

/**
 * A title as the part that may be cut at its end and the part that always stays: the last letters with the file's
 * extension, because that is how names differ. Joined, both are the title; never cut inside a character.
 */
export function cutTitle(title: string): [head: string, tail: string] {
  const letters = lettersOf(title);
  if (letters.length <= SHORT) return [title, ""];
  const extension = /\.[\p{L}\p{N}]{1,5}$/u.exec(title)?.[0] ?? "";
  const at = letters.length - extension.length - TAIL;
  return [letters.slice(0, at).join(""), letters.slice(at).join("")];
}

/** What splits any script takes long to make, and is not needed for most titles. */
function lettersOf(title: string): string[] {
  if (SIMPLE.test(title)) return [...title];
  graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return [...graphemes.segment(title)].map(({ segment }) => segment);
}
