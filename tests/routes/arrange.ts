import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RouterContextProvider } from "react-router";
import { z } from "zod";
import {
  type CallbackAnswer,
  callbackAnswerSchema,
  errorBodySchema,
  type Registered,
  registeredSchema,
} from "#app/contract/http.ts";
import { action as registerOrReport } from "#app/routes/api.jobs.ts";
import { action as report } from "#app/routes/api.jobs.$jobId.ts";
import { readEnv } from "#app/server/env.server.ts";
import { createLog } from "#app/server/log.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import { createServices, type Services } from "#app/server/services.server.ts";
import type { Authenticator, Identity } from "#app/server/sign-in/authenticator.ts";

export const JOBS = "http://localhost:4500/api/external/jobs";

export type House = {
  services: Services;
  dataDir: string;
  /** What a route is called with; the request is by the local user unless the services say otherwise. */
  args<Params>(
    request: Request,
    params: Params,
    services?: Services,
  ): { request: Request; params: Params; context: RouterContextProvider; url: URL; pattern: string };
  /** The same house as somebody else sees it; undefined is nobody we know. */
  as(userEmail: string | undefined): Services;
  register(body?: Record<string, unknown>): Promise<Registered>;
  /** Sends a callback that is to be answered 200. */
  report(job: Registered, body: unknown, headers?: Record<string, string>): Promise<CallbackAnswer>;
} & AsyncDisposable;

/** The real services on a fresh data folder. */
export async function openHouse(env: Record<string, string> = {}): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), "jobmon-routes-"));
  const services = await createServices({ env: readEnv({ dataDir }, env), log: createLog("silent") });

  const args: House["args"] = (request, params, seen = services) => ({
    request,
    params,
    context: new RouterContextProvider(new Map([[servicesContext, seen]])),
    url: new URL(request.url),
    pattern: "",
  });
  return {
    services,
    dataDir,
    args,
    as(userEmail) {
      const identity: Identity =
        userEmail === undefined ? { kind: "nobody" } : { kind: "user", user: { userEmail } };
      const authenticator: Authenticator = { mode: "proxy", authenticate: () => Promise.resolve(identity) };
      return { ...services, authenticator };
    },
    async register(body = {}) {
      const answer = await registerOrReport(args(post(JOBS, { title: "Bericht.pdf", ...body }), {}));
      return decoded(answer, 201, registeredSchema);
    },
    async report(job, body, headers = {}) {
      const request = post(job.callback_url, body, { ...bearer(job), ...headers });
      return decoded(await report(args(request, { jobId: job.jobId })), 200, callbackAnswerSchema);
    },
    async [Symbol.asyncDispose]() {
      await services.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

export function bearer({ callback_token }: Pick<Registered, "callback_token">): Record<string, string> {
  return { Authorization: `Bearer ${callback_token}` };
}

/** A POST of JSON; a text is sent as it is. */
export function post(address: string, body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** The answer's body by its schema; rejects with the answer where it has another status. */
export async function decoded<Schema extends z.core.$ZodType>(
  answer: Response,
  status: number,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const text = await answer.text();
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${text}`);
  return z.parse(schema, JSON.parse(text));
}

/** An error answer in short: its status, and what its body says. */
export async function refusal(answer: Response) {
  const { error } = errorBodySchema.parse(await answer.json());
  return { status: answer.status, ...error };
}
