import type { Localized } from "./locale.ts";

type Usage = {
  unreadableConfig: (values: { path: string }) => string;
  unreadableToken: (values: { path: string }) => string;
  unknownProfile: (values: { name: string }) => string;
  notAToken: (values: { source: string }) => string;
};

/** Faults of the configuration and of what the terminal client is known by. */
export const configFaults: Localized<Usage> = {
  de: {
    unreadableConfig: ({ path }) => `${path} ist keine Konfiguration von jobmon`,
    unreadableToken: ({ path }) => `die Datei ${path} mit dem Zugangsschlüssel ist nicht zu lesen`,
    unknownProfile: ({ name }) => `das Profil ${name} gibt es nicht`,
    notAToken: ({ source }) => `was in ${source} steht, ist kein Zugangsschlüssel`,
  },
  en: {
    unreadableConfig: ({ path }) => `${path} is no configuration of jobmon`,
    unreadableToken: ({ path }) => `the file ${path} with the token cannot be read`,
    unknownProfile: ({ name }) => `there is no profile ${name}`,
    notAToken: ({ source }) => `what ${source} holds is no token`,
  },
};

type LoginTexts = {
  prompt: (values: { url: string }) => string;
  input: string;
  loggedIn: (values: { url: string; userEmail: string }) => string;
  loggedOut: string;
};

/** What signing in and out says. */
export const loginTexts: Localized<LoginTexts> = {
  de: {
    prompt: ({ url }) => `API-Schlüssel für ${url} (wird nicht angezeigt): `,
    input: "der Eingabe",
    loggedIn: ({ url, userEmail }) => `Angemeldet bei ${url} als ${userEmail}`,
    loggedOut: "Abgemeldet",
  },
  en: {
    prompt: ({ url }) => `API key for ${url} (not shown): `,
    input: "the input",
    loggedIn: ({ url, userEmail }) => `Signed in to ${url} as ${userEmail}`,
    loggedOut: "Signed out",
  },
};
