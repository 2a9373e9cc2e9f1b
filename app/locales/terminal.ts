import type { Localized } from "./locale.ts";

type Failure = { message: string; hint: string };

type TerminalTexts = {
  percent: (percent: number) => string;
  endedIn: (status: string, duration: string) => string;
  endedBecause: (status: string, reason: string) => string;
  /** Where the words of the panel for a stalled job do not fit. */
  silentFor: (span: string) => string;
  more: (count: number) => string;
  idle: string;
  disconnected: (seconds: number) => string;
  reconnected: string;
  missedLines: (count: number) => string;
  usage: {
    hint: string;
    unknownCommand: (name: string) => string;
    unknownOption: (name: string) => string;
    missingArgument: (name: string) => string;
    missingValue: (option: string) => string;
    tooMany: string;
    unknownTopic: (name: string) => string;
    notAPort: (value: string) => string;
    notACount: (value: string, most: number) => string;
    notAUrl: (value: string) => string;
    notOneOf: (value: string, choices: string) => string;
    notASpeed: (value: string) => string;
  };
  unreachable: (url: string) => Failure;
  notJobmon: (url: string) => Failure;
  unauthorized: (url: string) => Failure;
  refused: (status: number, reason: string) => Failure;
  streamEnded: Failure;
  noJob: (jobId: string) => Failure;
  ambiguousJob: (jobId: string, jobIds: string) => Failure;
  notBuilt: (path: string) => Failure;
  audited: (whole: number, partial: number, faults: number) => string;
  restored: (folder: string, users: number) => string;
  migrate: {
    steps: Record<"copy" | "verify", string>;
    /** How far a step is. */
    done: (done: number, total: number) => string;
    columns: { from: string; to: string };
    rows: Record<
      "jobs" | "removed" | "tokens" | "logs" | "deliveries" | "files" | "bytes" | "digest",
      string
    >;
    same: string;
    different: string;
    notEmpty: string;
  };
  unexpected: (reason: string) => Failure;
  demo: {
    started: (url: string) => string;
    stop: string;
    played: string;
    serverEnded: (lines: string) => Failure;
    workerEnded: (lines: string) => Failure;
    reading: (file: string) => string;
    page: (page: number, pages: number, words: number) => string;
    counted: (words: number, pages: number) => string;
  };
};

/** What the terminal client says of itself; what it shares with the panel is in `words.ts`. */
export const terminalTexts: Localized<TerminalTexts> = {
  de: {
    percent: (percent) => `${percent} %`,
    endedIn: (status, duration) => `${status} in ${duration}`,
    endedBecause: (status, reason) => `${status}: ${reason}`,
    silentFor: (span) => `still seit ${span}`,
    more: (count) => `und ${count} weitere`,
    idle: "Gerade läuft nichts.",
    disconnected: (seconds) => `getrennt, neuer Versuch in ${seconds} s`,
    reconnected: "wieder verbunden",
    missedLines: (count) => (count === 1 ? "1 Zeile fehlt" : `${count} Zeilen fehlen`),
    usage: {
      hint: "Hilfe: jobmon --help",
      unknownCommand: (name) => `den Befehl ${name} gibt es nicht`,
      unknownOption: (name) => `die Option ${name} gibt es nicht`,
      missingArgument: (name) => `es fehlt ${name}`,
      missingValue: (option) => `zu ${option} fehlt der Wert`,
      tooMany: "zu viele Argumente",
      unknownTopic: (name) => `zu ${name} gibt es keine Hilfe`,
      notAPort: (value) => `${value} ist kein Port: eine ganze Zahl von 0 bis 65535`,
      notACount: (value, most) => `${value} ist keine Anzahl: eine ganze Zahl von 1 bis ${most}`,
      notAUrl: (value) => `${value} ist keine Adresse wie http://127.0.0.1:4500`,
      notOneOf: (value, choices) => `${value} ist keines von ${choices}`,
      notASpeed: (value) => `${value} ist keine Zahl größer als 0`,
    },
    unreachable: (url) => ({ message: `keine Antwort von ${url}`, hint: "Einen starten: jobmon serve" }),
    notJobmon: (url) => ({
      message: `was unter ${url} antwortet, ist kein jobmon oder eine andere Version`,
      hint: "Adresse prüfen: --url oder JOBMON_URL",
    }),
    unauthorized: (url) => ({
      message: `kein Zugang zu ${url}`,
      hint: "Adresse und Anmeldung prüfen",
    }),
    refused: (status, reason) => ({
      message: `der Server lehnt ab: ${status} ${reason}`,
      hint: "Mehr steht im Protokoll des Servers",
    }),
    streamEnded: { message: "der Server hat den Strom beendet", hint: "Noch einmal: jobmon tail" },
    noJob: (jobId) => ({ message: `keinen Job ${jobId} gefunden`, hint: "Zu sehende Jobs: jobmon tail" }),
    ambiguousJob: (jobId, jobIds) => ({
      message: `${jobId} ist nicht eindeutig`,
      hint: `Gemeint sein kann: ${jobIds}`,
    }),
    notBuilt: (path) => ({ message: `der Server ist nicht gebaut: ${path} fehlt`, hint: "npm run build" }),
    audited: (whole, partial, faults) =>
      `${whole} ${whole === 1 ? "Job" : "Jobs"} ab der Registrierung nachgespielt, ${partial} ab einem späteren Stand: ` +
      (faults === 0 ? "alle wie gespeichert" : `${faults} anders gespeichert`),
    restored: (folder, users) =>
      `${folder} gilt als wiederhergestellt: ${users} ${users === 1 ? "Nutzer lädt seine" : "Nutzer laden ihre"} Liste neu`,
    migrate: {
      steps: { copy: "Kopieren", verify: "Prüfen" },
      done: (done, total) => `${done} von ${total} Jobs`,
      columns: { from: "Quelle", to: "Ziel" },
      rows: {
        jobs: "Jobs",
        removed: "entfernte Jobs",
        tokens: "Tokens",
        logs: "Protokollzeilen",
        deliveries: "Zustellungen",
        files: "Dateien",
        bytes: "Bytes in Dateien",
        digest: "SHA-256 über alles",
      },
      same: "Quelle und Ziel sind gleich.",
      different: "Quelle und Ziel sind nicht gleich: das Ziel darf so nicht benutzt werden.",
      notEmpty: "Im Ziel sind schon Jobs, die nicht aus dieser Quelle kommen. Nimm ein leeres Ziel.",
    },
    unexpected: (reason) => ({
      message: `unerwarteter Fehler: ${reason}`,
      hint: "Das ist ein Fehler von jobmon; mit JOBMON_DEBUG=1 steht hier mehr",
    }),
    demo: {
      started: (url) => `jobmon demo: ${url}`,
      stop: "Ctrl-C beendet alles.",
      played: "Alles ist einmal gespielt; ab und zu kommt ein neuer Job. Ctrl-C beendet alles.",
      serverEnded: (lines) => ({
        message: "der Server der Demo ist beendet",
        hint: lines || "Noch einmal: jobmon demo",
      }),
      workerEnded: (lines) => ({
        message: "der Worker der Demo ist beendet",
        hint: lines || "Noch einmal: jobmon demo",
      }),
      reading: (file) => `Lese ${file}`,
      page: (page, pages, words) => `Seite ${page}/${pages}, ${words} Wörter`,
      counted: (words, pages) => `${words} Wörter auf ${pages} ${pages === 1 ? "Seite" : "Seiten"}`,
    },
  },
  en: {
    percent: (percent) => `${percent}%`,
    endedIn: (status, duration) => `${status} in ${duration}`,
    endedBecause: (status, reason) => `${status}: ${reason}`,
    silentFor: (span) => `silent for ${span}`,
    more: (count) => `and ${count} more`,
    idle: "Nothing is running.",
    disconnected: (seconds) => `disconnected, next try in ${seconds} s`,
    reconnected: "connected again",
    missedLines: (count) => (count === 1 ? "1 line is missing" : `${count} lines are missing`),
    usage: {
      hint: "Help: jobmon --help",
      unknownCommand: (name) => `there is no command ${name}`,
      unknownOption: (name) => `there is no option ${name}`,
      missingArgument: (name) => `${name} is missing`,
      missingValue: (option) => `${option} needs a value`,
      tooMany: "too many arguments",
      unknownTopic: (name) => `there is no help on ${name}`,
      notAPort: (value) => `${value} is no port: a whole number from 0 to 65535`,
      notACount: (value, most) => `${value} is no count: a whole number from 1 to ${most}`,
      notAUrl: (value) => `${value} is no address like http://127.0.0.1:4500`,
      notOneOf: (value, choices) => `${value} is none of ${choices}`,
      notASpeed: (value) => `${value} is no number above 0`,
    },
    unreachable: (url) => ({ message: `no answer from ${url}`, hint: "Start one: jobmon serve" }),
    notJobmon: (url) => ({
      message: `what answers at ${url} is no jobmon, or another version`,
      hint: "Check the address: --url or JOBMON_URL",
    }),
    unauthorized: (url) => ({ message: `no access to ${url}`, hint: "Check address and sign-in" }),
    refused: (status, reason) => ({
      message: `the server refuses: ${status} ${reason}`,
      hint: "The log of the server tells more",
    }),
    streamEnded: { message: "the server has ended the stream", hint: "Once more: jobmon tail" },
    noJob: (jobId) => ({ message: `no job ${jobId}`, hint: "Jobs you can see: jobmon tail" }),
    ambiguousJob: (jobId, jobIds) => ({
      message: `${jobId} is ambiguous`,
      hint: `It may mean: ${jobIds}`,
    }),
    notBuilt: (path) => ({ message: `the server is not built: ${path} is missing`, hint: "npm run build" }),
    audited: (whole, partial, faults) =>
      `${whole} ${whole === 1 ? "job" : "jobs"} replayed from registration, ${partial} from a later snapshot: ` +
      (faults === 0 ? "all as stored" : `${faults} stored otherwise`),
    restored: (folder, users) =>
      `${folder} counts as restored: ${users} ${users === 1 ? "user reloads" : "users reload"} the list`,
    migrate: {
      steps: { copy: "Copying", verify: "Verifying" },
      done: (done, total) => `${done} of ${total} jobs`,
      columns: { from: "source", to: "target" },
      rows: {
        jobs: "jobs",
        removed: "removed jobs",
        tokens: "tokens",
        logs: "log lines",
        deliveries: "deliveries",
        files: "files",
        bytes: "bytes in files",
        digest: "SHA-256 over all",
      },
      same: "Source and target are the same.",
      different: "Source and target differ: do not use the target like this.",
      notEmpty: "The target already holds jobs that did not come from this source. Choose an empty one.",
    },
    unexpected: (reason) => ({
      message: `unexpected error: ${reason}`,
      hint: "This is a fault of jobmon; with JOBMON_DEBUG=1 there is more to read here",
    }),
    demo: {
      started: (url) => `jobmon demo: ${url}`,
      stop: "Ctrl-C ends everything.",
      played: "Everything was played once; now and then a new job comes. Ctrl-C ends everything.",
      serverEnded: (lines) => ({
        message: "the demo's server has ended",
        hint: lines || "Once more: jobmon demo",
      }),
      workerEnded: (lines) => ({
        message: "the demo's worker has ended",
        hint: lines || "Once more: jobmon demo",
      }),
      reading: (file) => `Reading ${file}`,
      page: (page, pages, words) => `Page ${page}/${pages}, ${words} words`,
      counted: (words, pages) => `${words} words on ${pages} ${pages === 1 ? "page" : "pages"}`,
    },
  },
};
