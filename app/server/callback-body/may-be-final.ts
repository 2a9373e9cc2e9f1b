/** Strings, also one that is cut off at the end, and what gives them their place. */
const TOKENS = /"(?:[^"\\]|\\.)*(?:"|\\?$)|[{}[\]:,]/gs;
const FINAL_PHASES = ['"completed"', '"error"'];
const ENDING = ['"status"', '"error"'];
const ENDING_WITHOUT_PHASE = ['"data"', '"metadata"', '"images_archive_data"'];

/**
 * Whether a body that begins like this can be a final: it names a `status` or an `error`, its phase is `completed` or
 * `error`, or it has no phase and brings data (secretary-contract: the bodies). Only names of the outermost object
 * count. A beginning that says nothing is none: what is large says early what it is.
 */
export function mayBeFinal(beginning: Uint8Array): boolean {
  const { names, phase } = readOutermost(Buffer.from(beginning).toString("latin1"));
  if (ENDING.some((name) => names.has(name))) return true;
  if (phase !== undefined) return FINAL_PHASES.some((final) => final.startsWith(phase));
  return ENDING_WITHOUT_PHASE.some((name) => names.has(name));
}

/** The names of the outermost object, quoted, and the text of its phase, which may be cut off. */
function readOutermost(text: string): { names: Set<string>; phase: string | undefined } {
  const names = new Set<string>();
  let phase: string | undefined;
  let depth = 0;
  let name = "";
  let last = "";
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    else if (depth === 1 && token === ":") names.add((name = last));
    else if (depth === 1 && last === ":" && name === '"phase"' && token !== '""') phase = token;
    last = token;
  }
  return { names, phase };
}
