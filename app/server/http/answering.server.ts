import { randomInt } from "node:crypto";
import { errorAnswer } from "./answers.server.ts";
import { noteFailure } from "./request-scope.server.ts";
import { InvalidCursorError, RepositoryUnavailableError } from "#app/server/repository/job-repository.ts";

/**
 * Runs the handler of an API route and turns what it throws into an answer: a Response as it is, a bad page cursor
 * into 400, an unavailable repository into 503 with a jittered `Retry-After`, anything else into 500. The log line of
 * the request tells what it was.
 */
export async function answering(handler: () => Promise<Response>): Promise<Response> {
  try {
    return await handler();
  } catch (error) {
    if (error instanceof Response) return error;
    if (error instanceof InvalidCursorError) return errorAnswer(400, "invalid_cursor", error.message);
    const isLogged = noteFailure(error);
    if (!(error instanceof RepositoryUnavailableError)) {
      if (!isLogged) throw error;
      return errorAnswer(
        500,
        "internal",
        "this is a fault of the server; its log says more under X-Request-Id",
      );
    }
    const headers = { "Retry-After": String(randomInt(1, 6)) };
    return errorAnswer(503, error.code, "the repository is not available: send the same again", { headers });
  }
}
