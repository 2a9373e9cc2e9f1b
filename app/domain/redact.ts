import { stripUnsafe } from "./clean-text.ts";

const SECRET = /token|authorization|api[_-]?key/i;
const MAX_DEPTH = 32;

/**
 * JSON of a worker as it may be stored: whatever stands under a key named like token, authorization or api_key is
 * replaced, at any depth, and texts are stripped (design: state rules, 6). Deeper than 32 levels is cut.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return stripUnsafe(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return "[nested too deep]";
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const name = stripUnsafe(key);
      return [name, SECRET.test(name) ? "[redacted]" : redact(item, depth + 1)];
    }),
  );
}
