import { z } from "#app/contract/zod-mini.ts";

/** A JSON object of whoever sent it; `__proto__` is just a key in it. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Passes an object on as it is: a record schema would rebuild it, and lose a key named `__proto__`. */
export const fieldsSchema = z.custom<Fields>(isFields, "expected an object");
