import { styleText } from "node:util";
import type { JobSummary } from "#app/contract/job.ts";
import type { JobStatus } from "#app/contract/job-status.ts";
import { isStalled } from "#app/domain/stalled.ts";
import type { Locale } from "#app/locales/locale.ts";
import { jobColour } from "./job-colour.ts";

/** What a job shows as: its status, or that it has been silent for too long. */
export type JobState = JobStatus | "stalled";

/** How everything looks: language, the set of signs, and whether there is colour. */
export type Look = {
  locale: Locale;
  signs: Signs;
  paint: Paint;
  /** In the colour of a job, to tell it from others. */
  paintJob: (jobId: string, text: string) => string;
};

export type Signs = {
  state: Record<Exclude<JobState, "running">, string>;
  /** A running job by how far it is, from the beginning to the end. */
  ring: readonly string[];
  unknown: string;
  /** The bar: done, half a cell done, still to do, and a piece where nobody knows. */
  full: string;
  half: string;
  rest: string;
  piece: string;
  cut: string;
};

export type Paint = (state: JobState | "faint", text: string) => string;

const DRAWN: Signs = {
  state: {
    queued: "◷",
    "pending-storage": "↓",
    completed: "✓",
    failed: "✗",
    canceled: "⊘",
    stalled: "⚠",
  },
  ring: ["○", "◔", "◑", "◕", "●"],
  unknown: "◌",
  full: "━",
  half: "╸",
  rest: "─",
  piece: "╺━━━╸",
  cut: "…",
};

const ASCII: Signs = {
  state: { queued: ".", "pending-storage": "+", completed: "ok", failed: "x", canceled: "-", stalled: "!" },
  ring: [">"],
  unknown: ">",
  full: "#",
  half: "#",
  rest: "-",
  piece: "=====",
  cut: "...",
};

const COLOURS = {
  queued: "gray",
  running: "cyan",
  "pending-storage": "cyan",
  completed: "green",
  failed: "red",
  canceled: "gray",
  stalled: "yellow",
  faint: "dim",
} as const;

/** The look for an output. Colour is on the sign and the word of a state only; everything else at most faint. */
export function createLook(options: { locale: Locale; ascii: boolean; colour: boolean }): Look {
  return {
    locale: options.locale,
    signs: options.ascii ? ASCII : DRAWN,
    paint: options.colour
      ? (state, text) => (text === "" ? "" : styleText(COLOURS[state], text, { validateStream: false }))
      : (_, text) => text,
    paintJob: options.colour
      ? (jobId, text) => styleText(jobColour(jobId), text, { validateStream: false })
      : (_, text) => text,
  };
}

export function stateOf(job: JobSummary, now: number): JobState {
  return isStalled(job, now) ? "stalled" : job.status;
}

/** The sign of a job, padded to the cells that signs take. */
export function signOf(job: JobSummary, state: JobState, { signs, paint }: Look): string {
  const width = Math.max(...Object.values(signs.state).map((sign) => sign.length));
  return paint(state, plainSignOf(job, state, signs).padEnd(width));
}

/** The sign of a job as it is. */
export function plainSignOf(
  { progress }: JobSummary,
  state: JobState,
  { ring, unknown, ...signs }: Signs,
): string {
  if (state !== "running") return signs.state[state];
  if (progress === undefined) return unknown;
  return ring[Math.min(ring.length - 1, Math.floor((progress / 100) * ring.length))] ?? unknown;
}
