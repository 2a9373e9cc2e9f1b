import type { Preferences } from "./preferences.ts";

/** What the names of our cookies begin with. */
export const PREFIX = "jobmon-";
const ONE_YEAR_SECONDS = 365 * 24 * 3600;

/** The cookie that keeps one preference, in the form of `document.cookie`. */
export function preferenceCookie<Name extends keyof Preferences>(
  name: Name,
  value: Preferences[Name],
): string {
  const age = value === undefined ? 0 : ONE_YEAR_SECONDS;
  return `${PREFIX}${name}=${value ?? ""}; Path=/; Max-Age=${age}; SameSite=Lax`;
}
