import { defineTexts } from "./define-texts.ts";

export const rowTexts = defineTexts({
  de: {
    label: "Einzelheiten zu {title}",
    codeMissing: "Dieser Teil der Seite konnte nicht geladen werden.",
    reload: "Neu laden",
    remove: {
      do: "Entfernen",
      done: "{title} entfernt",
      undo: "Rückgängig",
      failed: "Nicht entfernt.",
      dismiss: "Behalten",
    },
    problem: {
      unreachable: "jobmon antwortet nicht. Nichts wurde geändert.",
      gone: "Diesen Job gibt es nicht mehr.",
      ended: "Der Job ist schon zu Ende.",
      notEnded: "Der Job läuft wieder. Erst abbrechen oder sein Ende abwarten.",
      other: "Das ging nicht: {message}",
    },
    remaining: {
      range: "noch {low}–{high}",
      about: "noch etwa {high}",
      under: "noch unter {high}",
      overdue: "länger als üblich",
    },
  },
  en: {
    label: "Details of {title}",
    codeMissing: "This part of the page could not be loaded.",
    reload: "Reload",
    remove: {
      do: "Remove",
      done: "{title} removed",
      undo: "Undo",
      failed: "Not removed.",
      dismiss: "Keep",
    },
    problem: {
      unreachable: "jobmon is not responding. Nothing was changed.",
      gone: "This job no longer exists.",
      ended: "The job has already ended.",
      notEnded: "The job is running again. Cancel it first, or wait for it to end.",
      other: "That did not work: {message}",
    },
    remaining: {
      range: "{low}–{high} left",
      about: "about {high} left",
      under: "under {high} left",
      overdue: "longer than usual",
    },
  },
});
