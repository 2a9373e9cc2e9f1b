import { openApiDocument } from "#app/contract/openapi/document.ts";
import { version } from "#app/server/version.server.ts";

const description = JSON.stringify(openApiDocument({ version }));

/** What every JSON route takes and answers, for programs. */
export function loader(): Response {
  return new Response(description, { headers: { "Content-Type": "application/json" } });
}
