import { z } from "zod";
import type { SignInMode } from "./authenticator.ts";
import { splitSecrets } from "./secret-list.server.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const LEAST_SECRET = 24;

const secrets = z
  .string()
  .refine(
    (text) => splitSecrets(text).every((secret) => secret.length >= LEAST_SECRET),
    `every secret needs ${LEAST_SECRET} characters or more: openssl rand -hex 32 makes one`,
  )
  .optional();

/** The variables of the sign-in. */
export const signInVariables = {
  JOBMON_AUTH: z
    .enum(["local", "proxy"])
    .optional()
    .describe(
      "Who signs people in: proxy, or local for one user without sign-in, which is also what empty means.",
    ),
  JOBMON_PROXY_SECRET: secrets.describe(
    "With JOBMON_AUTH=proxy: what the proxy sends as X-Jobmon-Proxy-Secret; several, separated by commas, while it is replaced.",
  ),
  JOBMON_PROXY_USER_HEADER: z
    .string()
    .regex(/^[\w-]+$/, "give the name of a header")
    .default("X-Forwarded-Email")
    .describe("With JOBMON_AUTH=proxy: the header in which the proxy names the user by e-mail address."),
  JOBMON_SERVICE_TOKEN: secrets.describe(
    "Tokens by which a backend may register jobs for the userEmail it names, and nothing else; separated by commas.",
  ),
  JOBMON_METRICS_TOKEN: secrets.describe(
    "With sign-in: tokens by which /metrics may be read, separated by commas. Empty: by nobody.",
  ),
};

type Given = Readonly<Record<string, unknown>>;

/** How people sign in with these variables. */
export function signInMode({ JOBMON_AUTH }: { JOBMON_AUTH?: SignInMode | undefined }): SignInMode {
  return JOBMON_AUTH ?? "local";
}

/** What of the environment, as it is given, does not go together; each fault by the variable it is told of. */
export function signInFaults(given: Given): { path: string; message: string }[] {
  const { HOST = "127.0.0.1", JOBMON_AUTH = "local" } = given;
  if (JOBMON_AUTH === "proxy") return missing(given, ["JOBMON_PROXY_SECRET", "TRUSTED_PROXIES"]);
  if (LOOPBACK.has(String(HOST))) return [];
  const message = "without sign-in jobmon listens on loopback only: use 127.0.0.1, or see JOBMON_AUTH";
  return [{ path: "HOST", message }];
}

function missing(given: Given, needed: string[]): { path: string; message: string }[] {
  const absent = needed.filter((name) => given[name] === undefined);
  return absent.map((path) => ({ path, message: "JOBMON_AUTH=proxy needs it" }));
}
