import { z } from "zod";

/** The variables of the Secretary. */
export const secretaryVariables = {
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
};

/** How the Secretary is asked; sizes in bytes. */
export type SecretarySettings = {
  url: string;
  key: string;
  checkAfterSeconds: number;
  concurrency: number;
  waitSeconds: number;
  limitBytes: number;
};

/** The settings of the environment; undefined where there is no Secretary that can be asked. */
export function secretarySettings(
  env: z.infer<z.ZodObject<typeof secretaryVariables>>,
): SecretarySettings | undefined {
  const { SECRETARY_URL: url, SECRETARY_API_KEY: key } = env;
  if (url === undefined || key === undefined) return undefined;
  return {
    url,
    key,
    checkAfterSeconds: env.SECRETARY_CHECK_AFTER_SECONDS,
    concurrency: env.SECRETARY_CONCURRENCY,
    waitSeconds: env.ARTIFACT_WAIT_SECONDS,
    limitBytes: Math.floor(env.LIMIT_ARTIFACT_MB * 1024 * 1024),
  };
}
