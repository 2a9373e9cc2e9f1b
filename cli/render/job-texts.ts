import type { JobSummary } from "#app/contract/job.ts";
import { remainingTime } from "#app/domain/remaining-time.ts";
import { silenceSeconds } from "#app/domain/stalled.ts";
import type { Locale } from "#app/locales/locale.ts";
import { formatRemaining } from "#app/locales/remaining.ts";
import { secretaryNote } from "#app/locales/secretary-notes.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { textFor } from "#app/locales/text-for.ts";
import { formatDuration, formatSpan } from "#app/locales/time.ts";
import { words } from "#app/locales/words.ts";
import type { JobState } from "./look.ts";
import { safeLine } from "./safe-line.ts";

/** Percent as it is shown, rounded down: 100 is said of nothing that is not there yet. Empty where nobody knows. */
export function percentText({ progress }: JobSummary, locale: Locale): string {
  return progress === undefined ? "" : terminalTexts[locale].percent({ percent: Math.floor(progress) });
}

/** How long a job has been going, or waiting; once it has ended, how long it took. */
export function elapsedText(job: JobSummary, now: number): string {
  return formatDuration(elapsedMs(job, now));
}

/** The same in milliseconds. */
export function elapsedMs(job: JobSummary, now: number): number {
  const end = job.finishedAt === undefined ? now : Date.parse(job.finishedAt);
  return end - Date.parse(job.startedAt ?? job.createdAt);
}

/** „noch 2–3 Min.“: how long a job still takes; empty where nobody knows. */
export function remainingText(job: JobSummary, now: number, locale: Locale): string {
  const remaining = remainingTime(job, now);
  return remaining === undefined ? "" : formatRemaining(remaining, locale);
}

/**
 * What a moving job says now: the worker's message, else its step; of a stalled one since when it is silent, in words
 * that fit `room` cells where there are any.
 */
export function messageText(
  job: JobSummary,
  options: { state: JobState; now: number; locale: Locale; room: number },
): string {
  const { state, now, locale, room } = options;
  if (state !== "stalled") return safeLine(secretaryNote(job, locale) ?? job.message ?? job.phase ?? "");
  const span = formatSpan(silenceSeconds(job, now), locale);
  const text = words[locale].noUpdateFor({ silence: span });
  return text.length <= room ? text : terminalTexts[locale].silentFor({ span });
}

/** How a job ended, beginning with the word of its status. */
export function endText(job: JobSummary, now: number, locale: Locale): string {
  const status = words[locale].status[job.status];
  const texts = terminalTexts[locale];
  if (job.status === "completed") return texts.endedIn({ status, duration: elapsedText(job, now) });
  if (job.error === undefined) return status;
  const reason = secretaryNote(job, locale) ?? errorText(job.error, locale);
  return texts.endedBecause({ status, reason: safeLine(reason) });
}

function errorText({ code, message }: NonNullable<JobSummary["error"]>, locale: Locale): string {
  const own = textFor(words[locale].error, code);
  if (own !== undefined) return `${own}: ${message}`;
  return code === "failed" ? message : `${message} (${code})`;
}
