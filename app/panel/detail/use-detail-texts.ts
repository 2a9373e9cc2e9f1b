import { detailTexts } from "#app/locales/detail.ts";
import { rowTexts } from "#app/locales/job-row.ts";
import type { Locale } from "#app/locales/locale.ts";
import { panelTexts } from "#app/locales/panel.ts";
import { usePanel } from "#app/panel/panel-context.tsx";

/** The texts of an opened job in the reader's language. */
export function useDetailTexts() {
  return detailTextsIn(usePanel().locale);
}

/** The same where the language is known. */
export function detailTextsIn(locale: Locale): DetailTexts {
  return together[locale];
}

/** Those of its own, and what it says in the words of panel and row. */
function textsOf(locale: Locale) {
  const { title, retry, copy, progress } = panelTexts[locale];
  const { gone } = rowTexts[locale].problem;
  return {
    ...detailTexts[locale],
    panel: title,
    percent: progress.short,
    copied: copy.done,
    notCopied: copy.failed,
    retry,
    gone,
  };
}

export type DetailTexts = ReturnType<typeof textsOf>;

/** Put together once: every line of a log asks for them. */
const together: Record<Locale, DetailTexts> = { de: textsOf("de"), en: textsOf("en") };
