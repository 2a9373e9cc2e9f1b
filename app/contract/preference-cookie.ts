import type { Preferences } from "./preferences.ts";

const PREFIX = "jobmon-";
const ONE_YEAR_SECONDS = 365 * 24 * 3600;

/** The cookie that keeps one preference, in the form of `document.cookie`. */
export function preferenceCookie<Name extends keyof Preferences>(
  name: Name,
  value: Preferences[Name],
): string {
  const age = value === undefined ? 0 : ONE_YEAR_SECONDS;
  return `${PREFIX}${name}=${value ?? ""}; Path=/; Max-Age=${age}; SameSite=Lax`;
}

/** What the cookie of one preference says, unchecked, in a `Cookie` header or `document.cookie`. */
export function preferenceIn(cookies: string, name: keyof Preferences): string | undefined {
  const pairs = cookies.split(";").map((pair) => pair.trim().split("="));
  return pairs.findLast(([key]) => key === `${PREFIX}${name}`)?.[1];
}
