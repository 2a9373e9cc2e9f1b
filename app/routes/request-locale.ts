import { readPreferences } from "#app/contract/preferences.ts";
import { type Locale, pickLocale } from "#app/locales/locale.ts";

/**
 * The language to answer a request in: `?lang=` if it names one we speak, else what the reader has set, else what the
 * browser asks for.
 */
export function requestLocale(request: Request): Locale {
  const wanted = new URL(request.url).searchParams.get("lang") ?? "";
  const { locale = "" } = readPreferences(request.headers.get("Cookie"));
  return pickLocale(`${wanted},${locale},${request.headers.get("Accept-Language") ?? ""}`);
}
