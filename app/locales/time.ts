import type { Locale } from "./locale.ts";
import { timeWords } from "./time-words.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** „1:12“, „6:31“, „1:02:03“: a duration that can count without shaking. Whole seconds, never negative. */
export function formatDuration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = String(seconds).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** „0:48 Min.“, „1:02:03 Std.“: a duration that stands alone and so needs its unit. */
export function formatLength(milliseconds: number, locale: Locale): string {
  const { minutesLong, hoursLong } = timeWords[locale];
  return (milliseconds < HOUR_MS ? minutesLong : hoursLong)({ duration: formatDuration(milliseconds) });
}

/** „12 Sek.“, „4 Min.“, „2 Std.“: how long something has been silent, in the largest whole unit. */
export function formatSpan(seconds: number, locale: Locale): string {
  const [unit, length] = unitFor(seconds);
  const options = { style: "unit", unit, unitDisplay: "short" } as const;
  return numberFormat(locale, options).format(Math.max(0, Math.floor(seconds / length)));
}

/**
 * „jetzt“, „vor 20 Sek.“, „vor 4 Min.“; undefined from an hour on. Seconds move in steps of ten, so that a list of
 * running jobs stays calm. An instant ahead of our clock is now.
 */
export function formatAgo(at: number, now: number, locale: Locale): string | undefined {
  const seconds = Math.max(0, Math.floor((now - at) / 1000));
  if (seconds >= 3600) return undefined;
  const [unit, length] = unitFor(seconds);
  const whole = seconds < 60 ? seconds - (seconds % 10) : Math.floor(seconds / length);
  return relativeFormat(locale).format(-whole, unit);
}

const unitFor = (seconds: number) =>
  seconds < 60
    ? (["second", 1] as const)
    : seconds < 3600
      ? (["minute", 60] as const)
      : (["hour", 3600] as const);

/** „14:02“, in the given IANA time zone or the machine's own. */
export function formatClock(at: number, locale: Locale, timeZone?: string): string {
  return dateFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(at);
}

/** „14:02:38“, for lines of a log. */
export function formatSecond(at: number, locale: Locale, timeZone?: string): string {
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  return dateFormat(locale, { ...time, timeZone }).format(at);
}

/** „Heute“, „Gestern“, „Freitag, 20. November“, with the year where it is not this one. Both are calendar days. */
export function formatDay(day: string, today: string, locale: Locale): string {
  if (day >= today) return timeWords[locale].today;
  const at = Date.parse(day);
  if (at === Date.parse(today) - DAY_MS) return timeWords[locale].yesterday;
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: "numeric" } as const);
  const weekday = dateFormat(locale, { weekday: "long", timeZone: "UTC" }).format(at);
  return `${weekday}, ${dateFormat(locale, { day: "numeric", month: "long", ...year, timeZone: "UTC" }).format(at)}`;
}

/** „26. Nov. 2026, 14:02:38“: an instant that leaves nothing open. */
export function formatInstant(at: number, locale: Locale, timeZone?: string): string {
  const day = dateFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone }).format(at);
  return `${day}, ${formatSecond(at, locale, timeZone)}`;
}

/** „22.11.“: a past day where there is little room. */
export function formatShortDay(at: number, locale: Locale, timeZone?: string): string {
  return dateFormat(locale, {
    day: "numeric",
    month: locale === "de" ? "numeric" : "short",
    timeZone,
  }).format(at);
}

/** `2026-11-23`: the day of an instant in a time zone; sorts as text. */
export function calendarDay(at: number, timeZone?: string): string {
  const parts = dateFormat("en", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });
  const of = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${of.year}-${of.month}-${of.day}`;
}

type Options = Omit<Intl.DateTimeFormatOptions, "timeZone"> & { timeZone: string | undefined };

/** Dates and relative times are written the British way. */
const regionOf = (locale: Locale): string => (locale === "en" ? "en-GB" : locale);

const dateFormat = madeOnce((locale, options: Options) => new Intl.DateTimeFormat(regionOf(locale), options));
const numberFormat = madeOnce(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);
const relativeFormat = madeOnce(
  (locale) => new Intl.RelativeTimeFormat(regionOf(locale), { style: "short", numeric: "auto" }),
);

/** Formats are costly to make and few: each is made once. */
function madeOnce<Rest extends unknown[], Format>(
  make: (locale: Locale, ...rest: Rest) => Format,
): (locale: Locale, ...rest: Rest) => Format {
  const made = new Map<string, Format>();
  return (...given) => {
    const key = JSON.stringify(given);
    const format = made.get(key) ?? make(...given);
    made.set(key, format);
    return format;
  };
}
