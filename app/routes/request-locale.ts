import { type Locale, pickLocale } from "#app/locales/locale.ts";

/** The language to answer a request in: `?lang=` if it names one we speak, else what the browser asks for. */
export function requestLocale(request: Request): Locale {
  const wanted = new URL(request.url).searchParams.get("lang") ?? "";
  return pickLocale(`${wanted},${request.headers.get("Accept-Language") ?? ""}`);
}
