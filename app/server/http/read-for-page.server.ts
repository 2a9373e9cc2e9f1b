import { RepositoryUnavailableError } from "#app/server/repository/job-repository.ts";
import { noteFailure } from "./request-scope.server.ts";

/** Why a page has to do without what it wanted to read, and the status it is answered with. */
export type ReadProblem =
  | { problem: "signedOut"; status: 401 }
  | { problem: "forbidden"; status: 403 }
  | { problem: "unavailable"; status: 503 };

/**
 * Reads something for a page that is shown without it, too: nobody signed in, no access and a repository that does not
 * answer are told, the last of them also in the log. Anything else that is thrown goes on.
 */
export async function readForPage<T>(read: () => Promise<T>): Promise<{ found: T } | ReadProblem> {
  try {
    return { found: await read() };
  } catch (error) {
    if (error instanceof Response && error.status === 401) return { problem: "signedOut", status: 401 };
    if (error instanceof Response && error.status === 403) return { problem: "forbidden", status: 403 };
    if (!(error instanceof RepositoryUnavailableError)) throw error;
    noteFailure(error);
    return { problem: "unavailable", status: 503 };
  }
}
