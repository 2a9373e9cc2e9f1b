const MAX_DEPTH = 64;
const MAX_ITEMS = 1_000_000;
const MAX_KEYS = 20_000;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Why the text of a JSON body must not be parsed, or undefined: nested deeper than 64, more than 1,000,000 keys and
 * items in all (an hour of words with their times has about 100,000), or more than 20,000 keys in one object, which
 * cost many times as much. Looks at the bytes, so that nothing is built for a body that is only made to be large.
 */
export function findExcess(json: Uint8Array): string | undefined {
  /** The keys after the first of every object that is open; undefined for an array. */
  const open: (number | undefined)[] = [];
  let items = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) open.pop();
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      items += 1;
      if (open.push(byte === OPEN_OBJECT ? 0 : undefined) > MAX_DEPTH) {
        return `nested deeper than ${MAX_DEPTH} levels`;
      }
    } else if (byte === COMMA) {
      items += 1;
      const keys = open.at(-1);
      if (keys === undefined) continue;
      if (keys + 2 > MAX_KEYS) return `has more than ${MAX_KEYS.toLocaleString("en")} keys in one object`;
      open[open.length - 1] = keys + 1;
    } else continue;
    if (items > MAX_ITEMS) return `has more than ${MAX_ITEMS.toLocaleString("en")} keys and items`;
  }
  return undefined;
}

/** Where the string that begins at `start` ends; the end of the text where it does not. */
function endOfString(json: Uint8Array, start: number): number {
  for (let end = json.indexOf(QUOTE, start + 1); end !== -1; end = json.indexOf(QUOTE, end + 1)) {
    let backslashes = 0;
    while (json[end - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return json.length;
}
