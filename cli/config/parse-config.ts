import { z } from "#app/contract/zod-mini.ts";
import type { Config } from "./config-file.ts";

const profileSchema = z.object({
  url: z.exactOptional(z.string()),
  token: z.exactOptional(z.string()),
  tokenFile: z.exactOptional(z.string()),
});

const configSchema: z.ZodMiniType<Config> = z.object({ profiles: z.record(z.string(), profileSchema) });

/** What the file of the configuration says; undefined where it is no configuration. */
export function parseConfig(text: string): Config | undefined {
  try {
    return configSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
