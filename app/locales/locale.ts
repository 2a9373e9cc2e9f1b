/** German first, English complete. */
export const LOCALES = ["de", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** One text without values in each language; a missing one is a type error. */
export type Localized<Text> = Record<Locale, Text>;

/**
 * The locale for an `Accept-Language` header or a POSIX `LANG`: the first language named that we speak, German where
 * none is. Quality values are taken as listed in order, as browsers send them.
 */
export function pickLocale(preferences: string | null | undefined): Locale {
  for (const preference of (preferences ?? "").toLowerCase().split(",")) {
    const found = LOCALES.find((locale) => preference.trim().startsWith(locale));
    if (found !== undefined) return found;
  }
  return "de";
}
