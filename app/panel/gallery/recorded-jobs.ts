import type { JobStatus, JobSummary } from "#app/contract/job.ts";
import type { Locale } from "#app/locales/locale.ts";

type Recording = Partial<Omit<JobSummary, "status" | "title">> & {
  /** Seconds since the last change, and how long it has run by then. */
  ago: number;
  ran?: number;
};

/** Jobs in every state, as if recorded just before `now`; the messages are those of a German or English worker. */
export function recordedJobs(now: number, locale: Locale): JobSummary[] {
  const say = (german: string, english: string): string => (locale === "de" ? german : english);
  const hour = 3_600;
  const job = (jobId: string, status: JobStatus, title: string, { ago, ran = 0, ...rest }: Recording) =>
    record(now, jobId, status, title, { ago, ran, ...rest });
  return [
    job(
      "report",
      "running",
      say(
        "Jahresbericht 2025 – Gesamtfassung mit Anlagen.pdf",
        "Annual report 2025 – complete edition with annexes.pdf",
      ),
      {
        ago: 2,
        ran: 76,
        progress: 42,
        phase: "processing",
        message: say("Seite 38/91 verarbeitet", "Page 38/91 processed"),
      },
    ),
    job("interview", "running", "interview-mayer.m4a", {
      ago: 12,
      ran: 90,
      phase: "transcribing",
      message: say("Transkription von Segment 3", "Transcribing segment 3"),
    }),
    job("offer", "pending-storage", say("Angebot_Wärmepumpe.docx", "Offer_heat-pump.docx"), {
      ago: 22,
      ran: 100,
      progress: 50,
      message: say("Dateien holen 1/2", "Fetching files 1/2"),
    }),
    job("council", "running", say("Protokoll Gemeinderat.pdf", "Minutes of the council.pdf"), {
      ago: 250,
      ran: 180,
      progress: 95,
      stallAfterSeconds: 120,
      message: say("Seite 90/95 verarbeitet", "Page 90/95 processed"),
    }),
    job("meeting", "queued", "Sitzung_2026-11-20.mp4", { ago: 310 }),
    job("scan", "failed", "scan_0042.pdf", {
      ago: 1090,
      ran: 33,
      error: { code: "FileDataError", message: say("Datei ist beschädigt", "The file is damaged") },
    }),
    job("silent", "failed", say("Haushaltsplan 2026 Entwurf.pdf", "Budget 2026 draft.pdf"), {
      ago: 2400,
      ran: 3600,
      error: { code: "no_callback", message: "Worker killed: out of memory" },
    }),
    job("delivery", "completed", "Lieferschein 4711.pdf", {
      ago: 1.4 * hour,
      ran: 48,
      progress: 100,
      message: say("12 Seiten", "12 pages"),
    }),
    job("talk", "completed", "Besprechung Bauamt.docx", {
      ago: 1.8 * hour,
      ran: 6,
      progress: 100,
      message: say("3 Dateien", "3 files"),
    }),
    job("trial", "canceled", say("Testlauf", "Trial run"), {
      ago: 2.2 * hour,
      ran: 12,
      message: say("von dir", "by you"),
    }),
    job("podcast", "completed", "Podcast Folge 12.mp3", {
      ago: 24 * hour,
      ran: 391,
      progress: 100,
      message: say("1 Datei", "1 file"),
    }),
    job("contract", "completed", "Vertrag Musterstraße 4.pdf", {
      ago: 26 * hour,
      ran: 31,
      progress: 100,
      message: say("7 Seiten", "7 pages"),
    }),
    job("video", "completed", "Bürgerversammlung.mp4", {
      ago: 75 * hour,
      ran: 4210,
      progress: 100,
      message: say("1 Datei", "1 file"),
    }),
  ];
}

/** Fifty jobs of the last days, to see a long list. */
export function manyJobs(now: number, locale: Locale): JobSummary[] {
  const some = recordedJobs(now, locale);
  const more = Array.from({ length: 50 - some.length }, (_, n) =>
    record(now, `more-${n}`, n % 9 === 4 ? "failed" : "completed", `Akte ${4000 + n}.pdf`, {
      ago: 76 * 3_600 + n * 5_400,
      ran: 20 + n * 7,
      message: locale === "de" ? `${n + 2} Seiten` : `${n + 2} pages`,
    }),
  );
  return [...some, ...more];
}

function record(
  now: number,
  jobId: string,
  status: JobStatus,
  title: string,
  recording: Recording,
): JobSummary {
  const { ago, ran = 0, ...rest } = recording;
  const at = (seconds: number): string => new Date(now - seconds * 1000).toISOString();
  const hasEnded = status === "completed" || status === "failed" || status === "canceled";
  return {
    jobId,
    status,
    title,
    revision: 7,
    createdAt: at(ago + ran),
    updatedAt: at(ago),
    stallAfterSeconds: 300,
    cancelRequested: false,
    ...(status === "queued" ? {} : { startedAt: at(ago + ran), lastCallbackAt: at(ago) }),
    ...(hasEnded ? { finishedAt: at(ago) } : {}),
    ...rest,
  };
}
