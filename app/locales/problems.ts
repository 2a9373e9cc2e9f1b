import { defineTexts } from "./define-texts.ts";

/** A page that could not be shown: what happened, and what to do. */
export const problems = defineTexts({
  de: {
    notFound: {
      title: "Diese Seite gibt es nicht",
      what: "Unter dieser Adresse liegt nichts.",
      todo: "Die Adresse prüfen oder zur Übersicht gehen.",
    },
    noSuchJob: {
      title: "Diesen Job gibt es nicht",
      what: "Vielleicht wurde er entfernt, oder er gehört jemand anderem.",
      todo: "Die Adresse prüfen oder den Job in der Übersicht suchen.",
    },
    signedOut: {
      title: "Nicht angemeldet",
      what: "jobmon zeigt nur die eigenen Jobs und weiß gerade nicht, wer fragt.",
      todo: "Neu anmelden und die Seite neu laden.",
    },
    unavailable: {
      title: "jobmon ist gerade nicht erreichbar",
      what: "Die Jobs konnten nicht gelesen werden. Verloren ist nichts.",
      todo: "In ein paar Sekunden neu laden.",
    },
    broken: {
      title: "Das hat nicht geklappt",
      what: "Die Seite ist an einem unerwarteten Fehler gescheitert. Den Jobs ist nichts geschehen.",
      todo: "Neu laden. Bleibt der Fehler, hilft das Protokoll des Servers weiter.",
    },
    home: "Zur Übersicht",
  },
  en: {
    notFound: {
      title: "There is no such page",
      what: "There is nothing at this address.",
      todo: "Check the address or go to the overview.",
    },
    noSuchJob: {
      title: "There is no such job",
      what: "It may have been removed, or it is somebody else’s.",
      todo: "Check the address or look for the job in the overview.",
    },
    signedOut: {
      title: "Not signed in",
      what: "jobmon only shows your own jobs, and does not know who is asking.",
      todo: "Sign in again and reload the page.",
    },
    unavailable: {
      title: "jobmon cannot be reached right now",
      what: "The jobs could not be read. Nothing is lost.",
      todo: "Reload in a few seconds.",
    },
    broken: {
      title: "That did not work",
      what: "The page failed with an unexpected error. The jobs are not affected.",
      todo: "Reload. If it happens again, the server’s log tells more.",
    },
    home: "To the overview",
  },
});
