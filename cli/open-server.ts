import { createJobsApi, type JobsApi } from "#app/client/jobs-api.ts";
import { findServer } from "./config/find-server.ts";
import type { Environment } from "./environment.ts";
import type { ServerOptions } from "./options/shared-options.ts";

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

/** The server at an address. */
export function serverAt(url: string, token?: string): Server {
  const authorised = withToken(token);
  return { url, token, api: createJobsApi({ baseUrl: url, fetch: authorised }), fetch: authorised };
}

/** `fetch` that sends a token along. A redirect to another origin loses it (fetch standard). */
function withToken(token: string | undefined): typeof fetch {
  if (token === undefined) return fetch;
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("Authorization", `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
}
