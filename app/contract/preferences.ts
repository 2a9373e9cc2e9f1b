import { z } from "#app/contract/zod.ts";
import { preferenceIn } from "./preference-cookie.ts";

/**
 * What a reader has set. Each is a cookie of its own, `jobmon-<name>`, so that the server renders it right at once. A
 * `locale` that is not set is the browser's.
 */
const preferencesSchema = z.object({
  panel: z.enum(["open", "closed"]).catch("open"),
  theme: z.enum(["light", "dark", "system"]).catch("system"),
  notify: z.enum(["off", "all", "failures"]).catch("off"),
  keys: z.enum(["on", "off"]).catch("on"),
  locale: z.string().max(10).optional().catch(undefined),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** Reads a `Cookie` header, or `document.cookie`; what is missing or strange is as if it was never set. */
export function readPreferences(cookies: string | null): Preferences {
  const names = preferencesSchema.keyof().options;
  return preferencesSchema.parse(
    Object.fromEntries(names.map((name) => [name, preferenceIn(cookies ?? "", name)])),
  );
}
