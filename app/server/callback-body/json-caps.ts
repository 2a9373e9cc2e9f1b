const MAX_DEPTH = 64;
const MAX_ITEMS = 200_000;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Why the text of a JSON body must not be parsed, or undefined: nested deeper than 64, or more than 200,000 keys and
 * items. Looks at the bytes, so that nothing is built for a body that is only made to be large.
 */
export function findExcess(json: Uint8Array): string | undefined {
  let depth = 0;
  let items = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at);
    else if (byte === COMMA) items += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth -= 1;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
      items += 1;
    } else continue;
    if (depth > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH} levels`;
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
