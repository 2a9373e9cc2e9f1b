import type { JobDetail } from "#app/contract/http.ts";
import type { JobLog, JobSummary } from "#app/contract/job.ts";
import type { Locale } from "#app/locales/locale.ts";

type Line = [german: string, english: string, level?: JobLog["level"]];

const reading: Line[] = [
  ["Datei angenommen, 91 Seiten", "File accepted, 91 pages"],
  ["Seite 34 verarbeitet", "Page 34 processed"],
  ["Seite 35 verarbeitet", "Page 35 processed"],
  ["Seite 36 verarbeitet", "Page 36 processed"],
  ["Fehler bei OCR für Seite 37, zweiter Versuch", "OCR failed for page 37, second attempt", "error"],
  ["Seite 37 verarbeitet", "Page 37 processed"],
  ["Seite 38 verarbeitet", "Page 38 processed"],
];
const converting: Line[] = [
  ["Datei angenommen", "File accepted"],
  ["3 Dateien geschrieben", "3 files written"],
];
const damaged: Line[] = [
  ["Verarbeite Datei", "Processing file"],
  ["Failed to open file as type pdf", "Failed to open file as type pdf", "error"],
];

/** What the server answers for an opened job. */
export function recordedDetail(job: JobSummary, locale: Locale): JobDetail {
  const isDone = job.status === "completed";
  const lines = job.status === "failed" ? damaged : isDone ? converting : reading;
  const end = Date.parse(job.updatedAt);
  const logs = lines.map(([german, english, level = "info"], n): JobLog => ({
    timestamp: new Date(end - (lines.length - 1 - n) * 1_300).toISOString(),
    level,
    message: locale === "de" ? german : english,
  }));
  const logsFrom = job.status === "running" ? 61 : 0;
  return {
    ...job,
    logs,
    logsFrom,
    logCount: logsFrom + logs.length,
    artifacts: isDone ? [{ name: "bilder.zip", type: "application/zip", size: 2_140_000, url: "#" }] : [],
    ...(isDone
      ? {
          result: {
            text: "Protokoll der Besprechung im Bauamt\n\n1. Begrüßung\n2. Stand der Arbeiten am Rathaus",
            links: [{ name: "output.md", url: "https://secretary.example/files/output.md" }],
          },
        }
      : {}),
  };
}
