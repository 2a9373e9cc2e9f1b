import { z } from "zod";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const port = z.coerce.number().int().min(0).max(65_535);

/** Every variable jobmon reads, with its default; `.env.example` and the README list the same. */
const envSchema = z.object({
  PORT: port.default(4500),
  HOST: z
    .string()
    .refine((host) => LOOPBACK.has(host), "without sign-in jobmon listens on loopback only: use 127.0.0.1")
    .default("127.0.0.1"),
  JOBMON_DATA_DIR: z.string().min(1).default(".jobmon"),
  JOBMON_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  LIMIT_PROGRESS_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .default(64 * 1024),
  LIMIT_FINAL_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .default(32 * 1024 * 1024),
  HEARTBEAT_SECONDS: z.coerce.number().min(0.1).default(15),
  STREAMS_PER_USER: z.coerce.number().int().min(1).default(8),
  STREAMS_PER_PROCESS: z.coerce.number().int().min(1).default(5_000),
  BODY_STALL_SECONDS: z.coerce.number().min(0.1).default(30),
  WATCHDOG_SECONDS: z.coerce.number().min(0.1).default(15),
  RETENTION_DAYS: z.coerce.number().min(0).max(36_500).default(90),
  SECRETARY_URL: z.url({ protocol: /^https?$/ }).optional(),
  DRAIN_SECONDS: z.coerce.number().min(0).default(10),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

export type Env = z.infer<typeof envSchema>;

/** Flags of `jobmon serve`; each wins over its variable. */
export type ServeFlags = { port?: number; host?: string; dataDir?: string };

/** The environment cannot be used; the message lists every fault, one a line. */
export class EnvError extends Error {
  readonly code = "invalid_environment";
}

/** `.env` in the working folder, if there is one; what the environment already says wins. */
export function loadEnvFile(): void {
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
  const parsed = envSchema.safeParse({ ...Object.fromEntries(present), ...Object.fromEntries(overriding) });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
  throw new EnvError(`the environment is not usable:\n${faults.join("\n")}`);
}
