import { type Fields, isFields } from "#app/contract/fields.ts";

const ARGS = " - Args: ";

/**
 * Splits the Secretary's ` - Args: {…}` tail off a message. Arguments that are no JSON are kept as text,
 * so nothing a worker said is lost (secretary-contract: log line).
 */
export function splitArgs(text: string): { message: string; details?: Fields } {
  const at = text.indexOf(ARGS);
  if (at === -1) return { message: text };
  const args = text.slice(at + ARGS.length);
  return { message: text.slice(0, at), details: parseArgs(args) };
}

function parseArgs(args: string): Fields {
  try {
    const parsed: unknown = JSON.parse(args);
    return isFields(parsed) ? parsed : { args: parsed };
  } catch {
    return { args };
  }
}
