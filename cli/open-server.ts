import { type Ask, createJobsApi, type JobsApi } from "#app/client/jobs-api.ts";
import { findServer } from "./config/find-server.ts";
import type { Environment } from "./environment.ts";
import type { ServerOptions } from "./options/shared-options.ts";
import { plainRequest } from "./plain-request.ts";

/** The server a command works with. */
export type Server = {
  url: string;
  token: string | undefined;
  api: JobsApi;
  /** `fetch` with the token of this server, for its own addresses. */
  fetch: typeof fetch;
};

/** Finds the server that is meant, without asking it anything yet. Throws CliError (2). */
export async function openServer(environment: Environment, given: ServerOptions): Promise<Server> {
  const { url, token } = await findServer(environment, given);
  return serverAt(url, token);
}

/** The server at an address. Its answers come without `fetch`, which is loaded where a stream is opened. */
export function serverAt(url: string, token?: string): Server {
  return {
    url,
    token,
    api: createJobsApi({ baseUrl: url, fetch: token === undefined ? plainRequest : withTokenPlain(token) }),
    fetch: withToken(token),
  };
}

function withTokenPlain(token: string): Ask {
  return (url, init) =>
    plainRequest(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });
}

/** `fetch` that sends a token along. A redirect to another origin loses it (fetch standard). */
function withToken(token: string | undefined): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    if (token !== undefined) headers.set("Authorization", `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
}
