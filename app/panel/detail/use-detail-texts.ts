import { detailTexts } from "#app/locales/detail.ts";
import { usePanel } from "#app/panel/panel-context.tsx";

/** The texts of an opened job in the reader's language. */
export function useDetailTexts() {
  const { locale } = usePanel();
  return detailTexts[locale];
}
