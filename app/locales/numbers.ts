import type { Locale } from "./locale.ts";

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** „812 B“, „2,1 MB“: a size in decimal units, one digit after the point below ten. */
export function formatBytes(bytes: number, locale: Locale): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  const digits = power > 0 && value < 10 ? 1 : 0;
  return `${value.toLocaleString(locale, { maximumFractionDigits: digits })} ${UNITS[power]}`;
}
