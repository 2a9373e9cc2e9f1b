import { defineTexts } from "./define-texts.ts";

/** The texts of the start page: a browser gets them in its reader's language, with the page. */
export const startPageTexts = defineTexts({
  de: {
    heading: "jobmon",
    text: "Was gerade läuft, was fertig ist und woran etwas gescheitert ist, steht rechts in der Verarbeitung: sofort und von selbst.",
    report: "Einen Job melden",
    steps: {
      register: {
        title: "Job anlegen",
        text: "Die Anwendung legt den Job an und bekommt eine Adresse und ein Token für den Worker.",
      },
      progress: {
        title: "Fortschritt melden",
        text: "Der Worker meldet sich, wann immer es etwas zu sagen gibt. Ein leeres JSON-Objekt ist ein Lebenszeichen.",
      },
      finish: { title: "Abschließen", text: "completed, failed oder canceled beendet den Job." },
    },
    message: "Seite 38 von 91",
    done: "91 Seiten gelesen",
    more: "Alle Adressen und Felder: openapi.json",
  },
  en: {
    heading: "jobmon",
    text: "What is running, what is done and why something failed is shown on the right, under Processing: at once and by itself.",
    report: "Report a job",
    steps: {
      register: {
        title: "Create the job",
        text: "The application creates the job and gets an address and a token for the worker.",
      },
      progress: {
        title: "Report progress",
        text: "The worker reports whenever it has something to say. An empty JSON object is a sign of life.",
      },
      finish: { title: "Finish", text: "completed, failed or canceled ends the job." },
    },
    message: "Page 38 of 91",
    done: "Read 91 pages",
    more: "All addresses and fields: openapi.json",
  },
});
