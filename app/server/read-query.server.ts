import type { z } from "zod";
import { firstFault } from "#app/contract/fault.ts";
import { errorAnswer } from "./answers.server.ts";

/** Reads the query of a request by its schema; throws a 400 Response that names the first wrong parameter. */
export function readQuery<Schema extends z.ZodType>(request: Request, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (parsed.success) return parsed.data;
  const { field, message } = firstFault(parsed.error, "query");
  throw errorAnswer(400, "invalid_query", `${field}: ${message}`, { field });
}
