import type { Localized } from "#app/locales/locale.ts";

export const logsHelp = {
  summary: { de: "zeigt das Protokoll eines Jobs", en: "shows the log of a job" },
  lines: {
    de: "so viele der letzten Zeilen, höchstens 500 (sonst 50)",
    en: "that many of the last lines, at most 500 (else 50)",
  },
  follow: {
    de: "folgt, bis der Job zu Ende ist, und endet mit dessen Code",
    en: "follows until the job has ended, and ends with its code",
  },
  exampleFollow: { de: "bis zum Ende zusehen", en: "watch until the end" },
} satisfies Record<string, Localized<string>>;
