import audioError from "../../../tests/fixtures/callbacks/audio-error.json" with { type: "json" };
import audio from "../../../tests/fixtures/callbacks/audio-transcription.json" with { type: "json" };
import archive from "../../../tests/fixtures/callbacks/concept-final-archive.json" with { type: "json" };
import final from "../../../tests/fixtures/callbacks/concept-final.json" with { type: "json" };
import hostile from "../../../tests/fixtures/callbacks/hostile-text.json" with { type: "json" };
import lines from "../../../tests/fixtures/callbacks/log-lines-with-args.json" with { type: "json" };
import office from "../../../tests/fixtures/callbacks/office-backwards.json" with { type: "json" };
import tooLarge from "../../../tests/fixtures/callbacks/pdf-error-with-result.json" with { type: "json" };
import pdf from "../../../tests/fixtures/callbacks/pdf-pages.json" with { type: "json" };
import silent from "../../../tests/fixtures/callbacks/pdf-silent-after-failed.json" with { type: "json" };
import canceled from "../../../tests/fixtures/callbacks/plain-canceled.json" with { type: "json" };
import counting from "../../../tests/fixtures/callbacks/plain-counting.json" with { type: "json" };
import status from "../../../tests/fixtures/callbacks/plain-status.json" with { type: "json" };
import silence from "../../../tests/fixtures/callbacks/silence-from-the-start.json" with { type: "json" };
import transformer from "../../../tests/fixtures/callbacks/transformer.json" with { type: "json" };
import video from "../../../tests/fixtures/callbacks/video.json" with { type: "json" };
import type { Recording } from "./record-job.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const FILES = [
  { name: "page_001.txt", type: "text/plain", size: 8 },
  { name: "bilder.zip", type: "application/zip", size: 2_140_000 },
];

/** One job of every kind a list can hold, newest first. */
export const everyKind: readonly Recording[] = [
  {
    id: "running",
    dialogue: pdf,
    told: 5,
    ago: 2,
    lasts: 76,
    usual: { count: 12, low: 150, median: 185, high: 240 },
  },
  { id: "unknown", dialogue: status, told: 1, title: "interview-mayer.m4a", ago: 12, lasts: 90 },
  { id: "storing", dialogue: archive, ago: 22, lasts: 100 },
  { id: "stalled", dialogue: counting, told: 8, ago: 250, lasts: 180, stallAfterSeconds: 120 },
  { id: "queued", dialogue: silence, ago: 310, lasts: 0 },
  { id: "failed", dialogue: audioError, ago: 18 * MINUTE, lasts: 33 },
  {
    id: "silent",
    dialogue: silent,
    ago: 40 * MINUTE,
    lasts: 95,
    finally: { event: { type: "silence_exceeded" }, after: HOUR },
  },
  { id: "completed", dialogue: lines, ago: 84 * MINUTE, lasts: 48 },
  {
    id: "files",
    dialogue: archive,
    title: "Besprechung Bauamt.docx",
    ago: 108 * MINUTE,
    lasts: 6,
    finally: { event: { type: "artifacts_stored", artifacts: FILES }, after: 1 },
  },
  { id: "canceled", dialogue: canceled, ago: 132 * MINUTE, lasts: 12 },
  { id: "recording", dialogue: audio, ago: 24 * HOUR, lasts: 391 },
  { id: "minutes", dialogue: final, ago: 26 * HOUR, lasts: 31 },
  { id: "session", dialogue: video, ago: 75 * HOUR, lasts: 4210 },
];

/** A job whose worker was asked to stop and has not answered yet. */
export const canceling: Recording = {
  id: "canceling",
  dialogue: counting,
  told: 6,
  ago: 4,
  lasts: 40,
  finally: { event: { type: "cancel_requested" }, after: 2 },
};

/** A worker that has fallen silent, and what the Secretary says of it. */
export const asked: Recording = {
  id: "asked",
  dialogue: pdf,
  told: 5,
  ago: 9,
  lasts: 76,
  finally: {
    event: { type: "callback_received", source: "asked", report: { progress: 42, lines: [] } },
    after: 40,
  },
};

/** A failure that brought a result all the same. */
export const failedWithResult: Recording = { id: "too-large", dialogue: tooLarge, ago: 65, lasts: 120 };

/** Longer under way than jobs of its kind take. */
export const overdue: Recording = {
  id: "overdue",
  dialogue: office,
  told: 4,
  ago: 8,
  lasts: 900,
  usual: { count: 9, low: 40, median: 55, high: 80 },
};

/** A text of some length, links and data. */
export const withResult: Recording = { id: "result", dialogue: transformer, ago: 7 * MINUTE, lasts: 21 };

/** Text that wants to be obeyed, in every place a worker can put it. */
export const hostileJobs: readonly Recording[] = [
  { id: "markup", dialogue: hostile, title: "<img src=x onerror=alert(1)>.pdf", ago: 3, lasts: 9, told: 2 },
  { id: "override", dialogue: hostile, ago: 30, lasts: 9 },
  { id: "emoji", dialogue: pdf, told: 4, title: "👩‍👩‍👧‍👦 Familienfoto 🏳️‍🌈 Ⅷ ﷽.pdf", ago: 60, lasts: 30 },
  { id: "long", dialogue: final, title: "Gesamt".repeat(50), ago: 90, lasts: 30 },
  { id: "escape", dialogue: final, title: "\u001b[31mrot\u001b[0m\u0007 \u202Egpj.exe", ago: 120, lasts: 30 },
];

/** Fifty jobs of the last days, to see a long list. */
export const fiftyJobs: readonly Recording[] = [
  ...everyKind,
  ...Array.from({ length: 50 - everyKind.length }, (_, n): Recording => ({
    id: `more-${n}`,
    dialogue: n % 9 === 4 ? audioError : final,
    title: `Akte ${4000 + n}.pdf`,
    ago: 76 * HOUR + n * 90 * MINUTE,
    lasts: 20 + n * 7,
  })),
];
