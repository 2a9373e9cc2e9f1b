import { formatAgo, formatSecond } from "#app/locales/time.ts";
import type { Look } from "./look.ts";

/** How the time of a line is written: RFC 3339, the clock, or how long ago it was. */
export type Stamp = {
  form: "iso" | "short" | "relative";
  /** In UTC rather than where the terminal is; RFC 3339 then ends with Z instead of an offset. */
  utc: boolean;
  now: number;
};

/** The time of a line; the clock where nothing else is asked for. */
export function renderStamp(at: number, { look, stamp }: { look: Look; stamp?: Stamp | undefined }): string {
  const zone = stamp?.utc === true ? "UTC" : undefined;
  if (stamp?.form === "iso") return stamp.utc ? new Date(at).toISOString() : withOffset(at);
  const clock = formatSecond(at, look.locale, zone);
  return stamp?.form === "relative" ? (formatAgo(at, stamp.now, look.locale) ?? clock) : clock;
}

/** `2026-11-23T15:21:13.402+01:00`: RFC 3339 in the time zone of the process. */
function withOffset(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const local = new Date(at + minutes * 60_000).toISOString().slice(0, -1);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${two(hours)}:${two(rest)}`;
}
