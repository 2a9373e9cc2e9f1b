/** Whether this browser can show notifications from here: not all do, and none outside of a secure context. */
export function canNotify(): boolean {
  return typeof Notification === "function" && globalThis.navigator?.locks !== undefined;
}

/** Asks the person by way of the browser, which asks once. True when notifications are allowed. */
export async function askToNotify(): Promise<boolean> {
  if (!canNotify()) return false;
  return (await Notification.requestPermission()) === "granted";
}
