const LOCK = "jobmon notified";
const KEY = "jobmon-notified";
/** How many ends are remembered: more than come together. */
const REMEMBERED = 100;
/** A tab in front needs no notification, and gets this long to say so. */
const FRONT_FIRST_MS = 300;

/**
 * Shows a notification in one tab of all that hear of the same `event`, and in none where one of them is in front:
 * that one has shown it already. An event that was told is told by no tab again, however late it hears of it.
 */
export async function notifyOnce(event: string, show: () => void): Promise<void> {
  const isSeen = document.visibilityState === "visible";
  if (!isSeen) await new Promise((resolve) => setTimeout(resolve, FRONT_FIRST_MS));
  await navigator.locks.request(LOCK, () => {
    const told = localStorage.getItem(KEY)?.split(" ") ?? [];
    if (told.includes(event)) return;
    localStorage.setItem(KEY, [...told.slice(1 - REMEMBERED), event].join(" "));
    if (!isSeen) show();
  });
}
