/** German first, English complete. */
export const LOCALES = ["de", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** One text without values in each language; a missing one is a type error. */
export type Localized<Text> = Record<Locale, Text>;

/**
 * The locale for an `Accept-Language` header or a POSIX `LANG`: of the languages we speak the one wanted most, German
 * where none is. Weights (`;q=0.5`) count, then the order.
 */
export function pickLocale(preferences: string | null | undefined): Locale {
  const wanted = (preferences ?? "").toLowerCase().split(",").map(readPreference);
  const spoken = wanted.filter(({ locale, weight }) => locale !== undefined && weight > 0);
  return spoken.sort((one, other) => other.weight - one.weight)[0]?.locale ?? "de";
}

function readPreference(preference: string): { locale: Locale | undefined; weight: number } {
  const [range = "", ...parameters] = preference.split(";").map((part) => part.trim());
  const language = range.split(/[-_]/, 1).join("");
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return { locale: LOCALES.find((locale) => locale === language), weight: Number(weight ?? 1) };
}
