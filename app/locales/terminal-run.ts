import { defineTexts } from "./define-texts.ts";

/** What the commands say that report for a host: run, report, create. */
export const runTexts = defineTexts({
  de: {
    started: "Job {jobId}  {link}",
    withoutJobmon: "der Befehl läuft, ohne dass jobmon davon erfährt: {reason}",
    notYet: "keine Antwort von {url}; der Befehl läuft, gemeldet wird, sobald jemand antwortet",
    missed: "das Ende wurde nicht gemeldet: {reason}",
    reasons: { ENOENT: "Befehl nicht gefunden", EACCES: "darf nicht ausgeführt werden" },
    canceled: "auf Wunsch abgebrochen",
    endedBySignal: "beendet durch {signal}",
    exitCode: "Exit-Code {code, number}",
    timedOut: "nach {duration} nicht fertig und beendet",
    leftOut: "[{count, plural, one{# Zeile ausgelassen} other{# Zeilen ausgelassen}}]",
    notText: "[{count, plural, one{# Zeile, die kein Text ist} other{# Zeilen, die kein Text sind}}]",
    noJobGiven: "es fehlt der Job: als Argument oder in JOBMON_JOB_ID",
    noCallbackToken: "es fehlt das Token des Jobs: JOBMON_CALLBACK_TOKEN oder --callback-token-file",
    oneEnd: "ein Job hat nur ein Ende: --done, --fail oder --canceled",
    notProgress: "{text} ist kein Fortschritt wie 42 oder 3/12",
    unreadableFile: "die Datei {path} ist nicht lesbar",
    notApplied: "der Job ist schon zu Ende ({status}), daran ändert sich nichts",
    cancelRequested: "der Job soll abgebrochen werden",
    refusedToken: {
      message: "das Token gehört nicht zu diesem Job, oder es ist abgelaufen",
      hint: "Ein Token gibt es beim Registrieren: jobmon create --title …",
    },
    removed: {
      message: "der Job {jobId} wurde entfernt",
      hint: "Einen neuen registrieren: jobmon create --title …",
    },
    resultNeedsDone: "--result-file gehört zu --done",
    noScript: "{path} ist keine Aufzeichnung wie in tests/fixtures/callbacks",
    notAsRecorded: "die Antwort auf Rückmeldung {step, number} ist anders als aufgezeichnet:",
  },
  en: {
    started: "job {jobId}  {link}",
    withoutJobmon: "the command runs without jobmon hearing of it: {reason}",
    notYet: "no answer from {url}; the command runs and is reported as soon as somebody answers",
    missed: "the end was not reported: {reason}",
    reasons: { ENOENT: "command not found", EACCES: "may not be run" },
    canceled: "canceled on request",
    endedBySignal: "ended by {signal}",
    exitCode: "exit code {code, number}",
    timedOut: "not done after {duration}, and ended",
    leftOut: "[{count, plural, one{# line left out} other{# lines left out}}]",
    notText: "[{count, plural, one{# line that is no text} other{# lines that are no text}}]",
    noJobGiven: "the job is missing: as an argument or in JOBMON_JOB_ID",
    noCallbackToken: "the job's token is missing: JOBMON_CALLBACK_TOKEN or --callback-token-file",
    oneEnd: "a job has one end only: --done, --fail or --canceled",
    notProgress: "{text} is no progress like 42 or 3/12",
    unreadableFile: "the file {path} cannot be read",
    notApplied: "the job has ended already ({status}), which stays as it is",
    cancelRequested: "the job is to be canceled",
    refusedToken: {
      message: "the token does not belong to this job, or has expired",
      hint: "A token comes with the registration: jobmon create --title …",
    },
    removed: {
      message: "the job {jobId} was removed",
      hint: "Register a new one: jobmon create --title …",
    },
    resultNeedsDone: "--result-file goes with --done",
    noScript: "{path} is no recording as in tests/fixtures/callbacks",
    notAsRecorded: "the answer to callback {step, number} is other than recorded:",
  },
});

export type RunTexts = (typeof runTexts)["de"];
