/**
 * Milliseconds an answer asks to be left alone for (`Retry-After`, RFC 9110 section 10.2.3): seconds, or a date, which
 * is held against the answer's own `Date`, so that a wrong clock here does not matter. 0 for none and for nonsense.
 */
export function retryAfterMs(headers: Headers, now: number): number {
  const text = headers.get("Retry-After") ?? "";
  const seconds = Number(text);
  const sentAt = Date.parse(headers.get("Date") ?? "");
  const ms = Number.isNaN(seconds)
    ? Date.parse(text) - (Number.isNaN(sentAt) ? now : sentAt)
    : seconds * 1000;
  return ms > 0 ? ms : 0;
}
