import type { Localized } from "#app/locales/locale.ts";

export const openHelp = {
  summary: { de: "öffnet jobmon oder einen Job im Browser", en: "opens jobmon or a job in the browser" },
  more: {
    de: "Ohne grafische Oberfläche, oder mit --print, steht die Adresse auf stdout.",
    en: "Without a display, or with --print, the address goes to stdout",
  },
  print: { de: "gibt die Adresse nur aus", en: "only prints the address" },
  example: { de: "die Adresse eines Jobs", en: "the address of a job" },
} satisfies Record<string, Localized<string>>;

export const replayHelp = {
  summary: {
    de: "spielt einen aufgezeichneten Dialog eines Workers ab",
    en: "plays a recorded dialogue of a worker",
  },
  more: {
    de: "Registriert einen Job und schickt seine Rückmeldungen im Abstand der Aufzeichnung. Jede Antwort ist eine Zeile. Der Exit-Code ist 3, wenn eine anders ist, als die Aufzeichnung erwartet.",
    en: "Registers a job and sends its callbacks as far apart as recorded. Each answer is a line. The exit code is 3 where one is other than the recording expects",
  },
  file: {
    de: "die Aufzeichnung, JSON wie in tests/fixtures/callbacks; - liest die Eingabe",
    en: "the recording, JSON as in tests/fixtures/callbacks; - reads the input",
  },
  speed: {
    de: "so viel schneller als aufgezeichnet (sonst 1)",
    en: "that much faster than recorded (else 1)",
  },
  example: { de: "zehnmal so schnell", en: "ten times as fast" },
} satisfies Record<string, Localized<string>>;

export const doctorHelp = {
  summary: { de: "prüft, ob alles für jobmon bereit ist", en: "checks that all is ready for jobmon" },
  more: {
    de: "Adresse, Speicher und Bus, Versionen, Uhr, Anmeldung, Ablauf des Zugangsschlüssels, und an einem echten Strom, ob unterwegs etwas gepuffert wird. Eine Zeile je Prüfung; was nicht stimmt, sagt, was zu tun ist.",
    en: "Address, storage and bus, versions, clock, sign-in, expiry of the token, and on a live stream whether anything on the way buffers. One line a check; what is wrong says what to do",
  },
  example: { de: "auf einem neuen Rechner", en: "on a new host" },
} satisfies Record<string, Localized<string>>;

export const completionHelp = {
  summary: {
    de: "gibt die Vervollständigung für eine Shell aus",
    en: "prints the completion for a shell",
  },
  shell: { de: "bash, zsh oder fish", en: "bash, zsh or fish" },
  exampleBash: { de: "bash, für diese Sitzung", en: "bash, for this session" },
  exampleFish: { de: "fish, für immer", en: "fish, for good" },
} satisfies Record<string, Localized<string>>;
