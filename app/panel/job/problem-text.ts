import type { ApiError } from "#app/client/jobs-api.ts";
import { rowTexts } from "#app/locales/job-row.ts";
import type { Locale } from "#app/locales/locale.ts";

/** What a refused wish means for the person who had it. */
export function problemText({ status, code, message }: ApiError, locale: Locale): string {
  const texts = rowTexts[locale].problem;
  if (status === 0 || status >= 500) return texts.unreachable;
  if (status === 404) return texts.gone;
  if (code === "already_final") return texts.ended;
  return code === "not_final" ? texts.notEnded : texts.other({ message });
}
