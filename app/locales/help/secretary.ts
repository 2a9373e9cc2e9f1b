import type { Localized } from "#app/locales/locale.ts";

/** `jobmon follow`. */
export const followHelp = {
  summary: {
    de: "folgt einem Job der Secretary, die uns nicht erreicht",
    en: "follows a job of a Secretary that cannot reach us",
  },
  more: {
    de: "Legt einen Job an, den der Server selbst bei der Secretary mitliest, und zeigt sein Protokoll bis zum Ende.",
    en: "Registers a job that the server itself reads along at the Secretary, and shows its log to the end",
  },
  processId: { de: "die Nummer seines Prozesses, job-<uuid>", en: "the number of its process, job-<uuid>" },
  title: { de: "der Titel des Jobs (sonst die Nummer)", en: "the title of the job (else the number)" },
  example: { de: "ein Job, der schon läuft", en: "a job that is running already" },
} satisfies Record<string, Localized<string>>;

/** `jobmon artifacts`. */
export const artifactsHelp = {
  summary: {
    de: "zeigt, holt und speichert die Dateien eines Jobs",
    en: "shows, fetches and saves the files of a job",
  },
  more: {
    de: "Was von der Secretary nicht kam, steht mit seinem Grund dabei.",
    en: "What did not come from the Secretary is named with its reason",
  },
  fetch: {
    de: "holt Fehlendes erneut von der Secretary",
    en: "fetches what is missing from the Secretary once more",
  },
  save: { de: "speichert alle Dateien in diesem Ordner", en: "saves all files in this folder" },
  example: { de: "alle Dateien in einen Ordner", en: "all files into a folder" },
} satisfies Record<string, Localized<string>>;
