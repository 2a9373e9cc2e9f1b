import { setTimeout } from "node:timers/promises";
import { jobPageSchema } from "#app/contract/http.ts";
import { registerJob, sendCallback } from "./jobs.ts";

type Recipe = { title: string; callbacks: readonly unknown[]; stallAfterSeconds?: number };

export const OPENED = "Jahresbericht 2025 – Gesamtausgabe mit Anlagen.pdf";
export const FAILED = "mitschnitt-leer.wav";
export const COMPLETED = "Lieferschein 4711.pdf";

/** One job in each state that stays, in the order of their registration. */
const recipes: readonly Recipe[] = [
  {
    title: "Einladung.docx",
    callbacks: [
      { phase: "processing", progress: 50 },
      { phase: "completed", message: "2 Dateien", data: {} },
    ],
  },
  {
    title: FAILED,
    callbacks: [
      { phase: "processing", progress: 10, message: "Lade Audiodatei" },
      { phase: "error", error: { code: "AudioEmpty", message: "Die Aufnahme ist leer" } },
    ],
  },
  {
    title: COMPLETED,
    callbacks: [
      {
        phase: "completed",
        message: "3 Seiten gelesen",
        data: {
          extracted_text: "Lieferschein Nr. 4711",
          original_url: "https://example.org/4711.pdf",
        },
      },
    ],
  },
  { title: "doppelt.pdf", callbacks: [{ status: "canceled" }] },
  { title: "Sitzung_2026-11-20.mp4", callbacks: [] },
  {
    title: "Protokoll Gemeinderat.pdf",
    stallAfterSeconds: 30,
    callbacks: [{ phase: "processing", progress: 95, message: "Seite 90/95 verarbeitet" }],
  },
  {
    title: "interview-mayer.m4a",
    callbacks: [{ phase: "transcribing", message: "Transkription von Segment 3" }],
  },
  {
    title: OPENED,
    callbacks: [
      { phase: "initializing", message: "Job initialisiert" },
      { phase: "processing", progress: 10, message: "Starte PDF-Verarbeitung" },
      { logs: [{ level: "warning", message: "Seite 17 ohne Text" }] },
      { phase: "processing", progress: 42, message: "Seite 38/91 verarbeitet" },
    ],
  },
];

/**
 * Registers and reports a fixed set of jobs over HTTP. Gives the instant to look at them from: all of them changed one
 * minute before, and the one that may be silent for half a minute is.
 */
export async function reportJobSet(url: string): Promise<{ now: number }> {
  for (const { callbacks, ...request } of recipes) {
    const job = await registerJob(url, request);
    for (const body of callbacks) await sendCallback(job, body);
    await aNewMillisecond();
  }
  const response = await fetch(`${url}/api/external/jobs`);
  const { items } = jobPageSchema.parse(await response.json());
  return { now: Math.max(...items.map(({ updatedAt }) => Date.parse(updatedAt))) + 61_000 };
}

/** So that no two jobs are of the same instant and their order is not left to their ids. */
export async function aNewMillisecond(): Promise<void> {
  const before = Date.now();
  while (Date.now() === before) await setTimeout(1);
}
