import { z } from "zod";
import { parseMongoAddress } from "./mongo/mongo-address.ts";
import { parseRedisAddress } from "./redis/redis-address.ts";
import { parseNetworks } from "./security/client-of.server.ts";
import { signInFaults, signInVariables } from "./sign-in/sign-in-variables.server.ts";

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
  MONGODB_URI: z
    .string()
    .refine(
      (text) => parseMongoAddress(text) !== undefined,
      "give mongodb://host:port/database?replicaSet=rs0, or mongodb+srv://host/database",
    )
    .optional()
    .describe(
      "The MongoDB that several instances share, a replica set: mongodb:// or mongodb+srv://, its database is jobmon unless it is named. Empty: the data folder.",
    ),
  STARTUP_TIMEOUT_SECONDS: z.coerce
    .number()
    .min(0)
    .max(3_600)
    .default(60)
    .describe("How long a start waits for MongoDB before it gives up."),
  REDIS_URL: z
    .string()
    .refine(
      (text) => parseRedisAddress(text) !== undefined,
      "give redis://host:port, rediss:// for TLS, redis+sentinel://host,host/name or redis+cluster://host,host",
    )
    .optional()
    .describe(
      "Where several instances tell each other of changes and share limits: redis://, rediss://, redis+sentinel:// or redis+cluster://. Empty: MongoDB tells them.",
    ),
  REDIS_PREFIX: z
    .string()
    .max(100)
    .default("jobmon:")
    .describe("What every key and channel in Redis begins with; one per deployment."),
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
  SECRETARY_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("The base address of the Secretary: relative links in results start from it."),
  SECRETARY_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "give the key as it is sent, without spaces")
    .optional()
    .describe(
      "The key that lets jobmon ask the Secretary at SECRETARY_URL about silent jobs. Empty: it does not ask.",
    ),
  SECRETARY_CHECK_AFTER_SECONDS: z.coerce
    .number()
    .min(0.1)
    .max(3_600)
    .default(30)
    .describe("The silence of a job after which the Secretary is asked about it."),
  SECRETARY_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(4)
    .describe("How many questions to the Secretary, and how many downloads, may be open at once."),
  ARTIFACT_WAIT_SECONDS: z.coerce
    .number()
    .min(0)
    .max(86_400)
    .default(900)
    .describe("How long a file that the Secretary has not ready yet, or cannot give, is asked for again."),
  LIMIT_ARTIFACT_MB: z.coerce
    .number()
    .positive()
    .max(100_000)
    .default(512)
    .describe("What the files that are fetched for one job may have together, in megabytes."),
  LIMIT_PROGRESS_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .default(64 * 1024)
    .describe("The largest callback that reports progress, in bytes."),
  LIMIT_FINAL_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .default(32 * 1024 * 1024)
    .describe("The largest callback that ends a job, in bytes."),
  BODY_STALL_SECONDS: z.coerce
    .number()
    .min(0.1)
    .default(30)
    .describe("How long a body may stand still on its way in, and the head of a request may take."),
  WATCHDOG_SECONDS: z.coerce
    .number()
    .min(0.1)
    .default(15)
    .describe("How often silent jobs, expired jobs and what uploads left half-way are looked for."),
  RETENTION_DAYS: z.coerce
    .number()
    .min(0)
    .max(36_500)
    .default(90)
    .describe("How many days a job is kept after its end, with its results and files; 0 keeps all for ever."),
  HEARTBEAT_SECONDS: z.coerce
    .number()
    .min(0.1)
    .default(15)
    .describe(
      "Between two heartbeats of a stream; less than the time after which a proxy closes a silent one.",
    ),
  STREAMS_PER_USER: z.coerce
    .number()
    .int()
    .min(1)
    .default(8)
    .describe("How many streams one user may have open; further ones are answered 429."),
  STREAMS_PER_PROCESS: z.coerce
    .number()
    .int()
    .min(1)
    .default(5_000)
    .describe("How many streams this process may have open; further ones are answered 503."),
  DRAIN_SECONDS: z.coerce
    .number()
    .min(0)
    .default(10)
    .describe("What a stopping server gives its viewers to leave, and requests to end."),
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
