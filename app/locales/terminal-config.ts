import { defineTexts } from "./define-texts.ts";

/** Faults of the configuration and of what the terminal client is known by. */
export const configFaults = defineTexts({
  de: {
    unreadableConfig: "{path} ist keine Konfiguration von jobmon",
    unreadableToken: "die Datei {path} mit dem Zugangsschlüssel ist nicht zu lesen",
    unknownProfile: "das Profil {name} gibt es nicht",
    notAToken: "was in {source} steht, ist kein Zugangsschlüssel",
  },
  en: {
    unreadableConfig: "{path} is not a jobmon configuration",
    unreadableToken: "the file {path} with the token cannot be read",
    unknownProfile: "there is no profile {name}",
    notAToken: "what {source} holds is not a token",
  },
});

/** What signing in and out says. */
export const loginTexts = defineTexts({
  de: {
    prompt: "API-Schlüssel für {url} (wird nicht angezeigt): ",
    input: "der Eingabe",
    loggedIn: "Angemeldet bei {url} als {userEmail}",
    loggedOut: "Abgemeldet",
  },
  en: {
    prompt: "API key for {url} (not shown): ",
    input: "the input",
    loggedIn: "Signed in to {url} as {userEmail}",
    loggedOut: "Signed out",
  },
});
