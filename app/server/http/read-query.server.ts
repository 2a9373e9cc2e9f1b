import type { z } from "zod";
import { firstFault } from "#app/contract/fault.ts";
import { errorAnswer } from "./answers.server.ts";

/**
 * Reads the query of a request by its schema; throws a 400 Response that names the first wrong parameter. One that is
 * repeated is an array.
 */
export function readQuery<Schema extends z.ZodType>(request: Request, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(queryValues(new URL(request.url).searchParams));
  if (parsed.success) return parsed.data;
  const { field: path, message } = firstFault(parsed.error, "query");
  const [field = path] = path.split(".");
  throw errorAnswer(400, "invalid_query", `${field}: ${message}`, { field });
}

/** The parameters by name; one that is repeated is an array. */
export function queryValues(query: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}
