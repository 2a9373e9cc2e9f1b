import { errorAnswer } from "./answers.server.ts";
import { readBody } from "./read-body.server.ts";
import type { Services } from "#app/server/services.server.ts";

/** The JSON that came with a request, not yet checked; an empty object where nothing came. Throws the Responses of `readBody`, and 400. */
export async function readJson(request: Request, services: Services): Promise<unknown> {
  if (isEmpty(request.headers)) return {};
  const bytes = await readBody(request, services.bodyOptions);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw errorAnswer(400, "malformed_json", `the body is not JSON: ${String(error)}`);
  }
}

function isEmpty(headers: Headers): boolean {
  return (
    (headers.get("Content-Length") ?? "0") === "0" &&
    !headers.has("Transfer-Encoding") &&
    !headers.has("Content-Type")
  );
}
