import { useEffect } from "react";
import { rowButtonId } from "#app/panel/list/row-button-id.ts";

/** How much of an opened row has to be seen, in pixels: its head, and what its inside begins with. */
const BEGINNING = 320;
/** What covers the top of the list. */
const HEADING = 32;
/** What a reader does to go on by themselves. */
const OWN_WAY = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/**
 * Brings the beginning of a row that is opened into view, from however far, and no more than that, also while its inside
 * is still coming: the list moves as little as it can, and not at all any more once the reader has moved.
 */
export function useReveal(jobId: string): void {
  useEffect(() => {
    const item = document.getElementById(rowButtonId(jobId))?.closest("li");
    // The item may begin with the heading of a day, the row does not.
    const [row, list] = [item?.lastElementChild, item?.closest("[data-scroller]")];
    if (!row || !list) return;
    const observer = new ResizeObserver(() => {
      const port = list.getBoundingClientRect();
      const { top, height } = row.getBoundingClientRect();
      const hidden = top + Math.min(height, BEGINNING) - port.bottom;
      list.scrollBy({ top: Math.min(Math.max(0, hidden), top - port.top - HEADING) });
      if (height >= BEGINNING) stop();
    });
    const stop = (): void => observer.disconnect();
    observer.observe(row);
    for (const name of OWN_WAY) list.addEventListener(name, stop, { once: true, passive: true });
    return () => {
      stop();
      for (const name of OWN_WAY) list.removeEventListener(name, stop);
    };
  }, [jobId]);
}
