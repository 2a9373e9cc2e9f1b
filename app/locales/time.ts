import type { Locale } from "./locale.ts";

/** „1:12“, „6:31“, „1:02:03“: a duration that can count without shaking. Whole seconds, never negative. */
export function formatDuration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = String(seconds).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** „12 s“, „4 Min.“, „2 Std.“: how long something has been silent, in the largest whole unit. */
export function formatSpan(seconds: number, locale: Locale): string {
  const units = locale === "de" ? ["s", "Min.", "Std."] : ["s", "min", "h"];
  if (seconds < 60) return `${Math.max(0, Math.floor(seconds))} ${units[0]}`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} ${units[1]}`;
  return `${Math.floor(seconds / 3600)} ${units[2]}`;
}

/** „14:02“, in the given IANA time zone or the machine's own. */
export function formatClock(at: number, locale: Locale, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone,
  }).format(at);
}
