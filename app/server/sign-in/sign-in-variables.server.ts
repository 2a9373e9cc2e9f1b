import { z } from "zod";
import type { SignInMode } from "./authenticator.ts";
import { splitSecrets } from "./secret-list.server.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const LEAST_SECRET = 24;

const secrets = z
  .string()
  .refine(
    (text) => splitSecrets(text).every((secret) => secret.length >= LEAST_SECRET && !/\s/.test(secret)),
    `every secret needs ${LEAST_SECRET} characters or more and no space: openssl rand -hex 32 makes one`,
  )
  .optional();

/** The variables of the sign-in. */
export const signInVariables = {
  JOBMON_AUTH: z
    .enum(["local", "clerk", "proxy"])
    .optional()
    .describe(
      "Who signs people in: clerk, proxy, or local for one user without sign-in. Empty: clerk where its two keys are set, else local.",
    ),
  VITE_CLERK_PUBLISHABLE_KEY: z
    .string()
    .refine((key) => frontendOf(key) !== undefined, "give the publishable key: pk_live_… or pk_test_…")
    .optional()
    .describe("The publishable key of your Clerk instance. Read when the server starts; no build has it."),
  CLERK_SECRET_KEY: z
    .string()
    .regex(/^sk_(live|test)_\w+$/, "give the secret key: sk_live_… or sk_test_…")
    .optional()
    .describe("The secret key of your Clerk instance."),
  CLERK_JWT_KEY: z
    .string()
    .transform((key) => key.replaceAll("\\n", "\n"))
    .refine((key) => key.startsWith("-----BEGIN PUBLIC KEY-----"), "give the public key as PEM")
    .optional()
    .describe(
      "The public key of your Clerk instance as PEM, line breaks as \\n: with it no request waits for Clerk to prove a session.",
    ),
  CLERK_WEBHOOK_SIGNING_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z\d+/]{16,}={0,2}$/, "give the signing secret of the endpoint: whsec_…")
    .optional()
    .describe(
      "The signing secret of the webhook by which Clerk tells /api/clerk/webhooks that a session has ended. Empty: a session ends here with its token.",
    ),
  CLERK_API_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Clerk's backend, if it is not the one the keys belong to."),
  JOBMON_PROXY_SECRET: secrets.describe(
    "With JOBMON_AUTH=proxy: what the proxy sends as X-Jobmon-Proxy-Secret; several, separated by commas, while it is replaced.",
  ),
  JOBMON_PROXY_USER_HEADER: z
    .string()
    .regex(/^[\w-]+$/, "give the name of a header")
    .default("X-Forwarded-Email")
    .describe("With JOBMON_AUTH=proxy: the header in which the proxy names the user by e-mail address."),
  JOBMON_PROXY_SIGN_OUT_URL: z
    .string()
    .regex(/^(?:\/|https?:\/\/)\S*$/, "give a path or an address, such as /oauth2/sign_out")
    .optional()
    .describe(
      "With JOBMON_AUTH=proxy: where the proxy signs people out, such as /oauth2/sign_out. Empty: nowhere.",
    ),
  JOBMON_SERVICE_TOKEN: secrets.describe(
    "Tokens by which a backend may register jobs for the userEmail it names, and nothing else; separated by commas.",
  ),
  JOBMON_METRICS_TOKEN: secrets.describe(
    "With sign-in: tokens by which /metrics may be read, separated by commas. Empty: by nobody.",
  ),
};

const CLERK_KEYS = ["CLERK_SECRET_KEY", "VITE_CLERK_PUBLISHABLE_KEY"];
const NEEDED = { clerk: CLERK_KEYS, proxy: ["JOBMON_PROXY_SECRET", "TRUSTED_PROXIES"] };

type Given = Readonly<Record<string, unknown>>;

/** How people sign in with these variables. */
export function signInMode(given: Given): SignInMode {
  const { JOBMON_AUTH: named } = given;
  if (named === "clerk" || named === "proxy" || named === "local") return named;
  return CLERK_KEYS.some((key) => given[key] !== undefined) ? "clerk" : "local";
}

/** The host of Clerk's frontend that a publishable key names; undefined where it is none. */
export function frontendOf(publishableKey: string): string | undefined {
  const encoded = /^pk_(?:live|test)_([A-Za-z\d+/]+=*)$/.exec(publishableKey)?.[1] ?? "";
  return /^([a-z\d.-]+\.[a-z\d-]+)\$$/i.exec(Buffer.from(encoded, "base64").toString())?.[1];
}

/** What of the environment, as it is given, does not go together; each fault by the variable it is told of. */
export function signInFaults(given: Given): { path: string; message: string }[] {
  const { HOST = "127.0.0.1" } = given;
  const mode = signInMode(given);
  if (mode !== "local") return missing(given, mode);
  if (LOOPBACK.has(String(HOST))) return [];
  const message = "without sign-in jobmon listens on loopback only: use 127.0.0.1, or see JOBMON_AUTH";
  return [{ path: "HOST", message }];
}

function missing(given: Given, mode: keyof typeof NEEDED): { path: string; message: string }[] {
  const absent = NEEDED[mode].filter((name) => given[name] === undefined);
  return absent.map((path) => ({ path, message: `sign-in by ${mode} needs it` }));
}
