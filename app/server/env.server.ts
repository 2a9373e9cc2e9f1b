import { z } from "zod";
import { limitVariables } from "./limit-variables.ts";
import { secretaryVariables } from "./secretary/secretary-variables.ts";
import { parseNetworks } from "./security/client-of.server.ts";
import { signInFaults, signInVariables } from "./sign-in/sign-in-variables.server.ts";
import { storageVariables } from "#app/server/storage/storage-variables.ts";

const port = z.coerce.number().int().min(0).max(65_535);

/**
 * Every variable jobmon reads, with its default and what it is for. `.env.example` and the tables in README and
 * docs/operations.md are written from this by `node scripts/write-configuration.ts`.
 */
export const envSchema = z.object({
  PORT: port.default(4500).meta({ flag: "--port", description: "Where to listen; 0 takes a free port." }),
  HOST: z.string().min(1).default("127.0.0.1").meta({
    flag: "--host",
    description: "The address to listen on: loopback only, unless people sign in (JOBMON_AUTH).",
  }),
  JOBMON_DATA_DIR: z.string().min(1).default(".jobmon").meta({
    flag: "--data-dir",
    description: "The folder of database and files; one server process at a time.",
  }),
  ...storageVariables,
  JOBMON_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "Where workers reach this server, such as https://jobs.example.org: callback_url begins with it. Empty: the address the registration came to.",
    ),
  TRUSTED_PROXIES: z
    .string()
    .refine(
      (text) => parseNetworks(text) !== undefined,
      "give addresses or networks, such as 10.0.0.0/8, ::1",
    )
    .optional()
    .describe(
      "Proxies whose X-Forwarded-For, -Proto and -Host are believed: addresses and networks, separated by commas.",
    ),
  JOBMON_ALLOWED_ORIGINS: z
    .string()
    .refine((text) => parseOrigins(text).every(isOrigin), "give origins such as https://app.example.org")
    .optional()
    .describe(
      "Origins whose pages may use the API with a token, separated by commas. Empty: pages of jobmon alone.",
    ),
  JOBMON_FRAME_ANCESTORS: z
    .string()
    .regex(/^[^;,\r\n]+$/, "give a source list without ; or ,")
    .default("'none'")
    .describe("Who may show the pages in a frame, as in frame-ancestors of a Content-Security-Policy."),
  ...signInVariables,
  ...secretaryVariables,
  ...limitVariables,
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .default("info")
    .describe("debug, info, warn, error or silent. The log goes to stderr, one JSON object a line."),
});

export type Env = z.infer<typeof envSchema>;

/** The entries of `JOBMON_ALLOWED_ORIGINS`. */
export function parseOrigins(text: string): string[] {
  return text.split(",").map((entry) => entry.trim());
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** Flags of `jobmon serve`; each wins over its variable. */
export type ServeFlags = { port?: number; host?: string; dataDir?: string };

/** The environment cannot be used; the message lists every fault, one a line. */
export class EnvError extends Error {
  readonly code = "invalid_environment";
}

/** `.env` in the working folder, if there is one; what the environment already says wins. */
export function loadEnvFile(): void {
  // Clerk's libraries would tell Clerk what they are used for.
  process.env.CLERK_TELEMETRY_DISABLED ??= "1";
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}

/** Reads the environment once. An empty variable counts as absent. Throws EnvError naming all faults together. */
export function readEnv(flags: ServeFlags, source: NodeJS.ProcessEnv = process.env): Env {
  const present = Object.entries(source).filter(([, value]) => value !== "");
  const given = { PORT: flags.port, HOST: flags.host, JOBMON_DATA_DIR: flags.dataDir };
  const overriding = Object.entries(given).filter(([, value]) => value !== undefined);
  const together = { ...Object.fromEntries(present), ...Object.fromEntries(overriding) };
  const parsed = envSchema.safeParse(together);
  const wrong = (parsed.error?.issues ?? []).map(({ path, message }) => ({ path: path.join("."), message }));
  const order = Object.keys(envSchema.shape);
  const faults = [...wrong, ...signInFaults(together)].toSorted(
    (a, b) => order.indexOf(a.path) - order.indexOf(b.path),
  );
  if (parsed.success && faults.length === 0) return parsed.data;
  const lines = faults.map(({ path, message }) => `  ${path}: ${message}`);
  throw new EnvError(`the environment is not usable:\n${lines.join("\n")}`);
}
