import type { Localized } from "#app/locales/locale.ts";

export const configHelp = {
  set: {
    de: "merkt sich in einem Profil eine Adresse oder eine Datei mit dem Zugangsschlüssel",
    en: "remembers an address or a file with the token in a profile",
  },
  setMore: {
    de: "Der Zugangsschlüssel eines Profils geht nur an dessen eigene Adresse. Ihn selbst legt `jobmon login` ab.",
    en: "The token of a profile goes to that profile's own address only. The token itself is stored by `jobmon login`",
  },
  get: { de: "zeigt, was in einem Profil steht", en: "shows what a profile holds" },
  getMore: {
    de: "Ohne Namen alles, den Zugangsschlüssel nur als Sternchen; mit Namen den Wert allein.",
    en: "Without a name everything, the token as asterisks only; with a name the value alone",
  },
  path: { de: "zeigt, wo die Konfiguration liegt", en: "shows where the configuration is kept" },
  key: { de: "url oder tokenFile", en: "url or tokenFile" },
  anyKey: { de: "url, token oder tokenFile", en: "url, token or tokenFile" },
  value: {
    de: "der Wert; ohne ihn wird der alte vergessen",
    en: "the value; without it the old one is forgotten",
  },
  exampleSet: { de: "immer diesen Server fragen", en: "always ask this server" },
  exampleProfile: { de: "ein zweiter Server", en: "a second server" },
  exampleGet: { de: "welcher Server gemeint ist", en: "which server is meant" },
  examplePath: { de: "die Konfiguration ansehen", en: "look at the configuration" },
} satisfies Record<string, Localized<string>>;

export const loginHelp = {
  login: {
    de: "merkt sich einen Zugangsschlüssel, nachdem der Server ihn angenommen hat",
    en: "remembers a token, once the server has taken it",
  },
  loginMore: {
    de: "Der Zugangsschlüssel ist ein API-Schlüssel des Nutzers. Er wird ohne Anzeige eingegeben oder aus der Eingabe gelesen, nie von der Befehlszeile, wo ihn andere sehen.",
    en: "The token is an API key of the user. It is typed without being shown or read from the input, never from the command line, where others see it",
  },
  logout: { de: "vergisst den Zugangsschlüssel eines Profils", en: "forgets the token of a profile" },
  whoami: { de: "zeigt, für wen der Server uns hält", en: "shows who the server takes us for" },
  whoamiMore: {
    de: "Ohne Anmeldung (lokaler Betrieb) gibt es nur einen Nutzer.",
    en: "Without sign-in (local mode) there is one user only",
  },
  exampleLogin: { de: "aus einem Passwortspeicher", en: "from a password store" },
  exampleLogout: { de: "auf einem fremden Rechner", en: "on somebody else's machine" },
  exampleWhoami: { de: "wer bin ich dort", en: "who am I there" },
} satisfies Record<string, Localized<string>>;
