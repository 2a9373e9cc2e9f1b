import { type RefObject, useEffect } from "react";
import { rowButtonId } from "./job-row.tsx";

/** How much of an opened row has to be seen, in pixels: its head, and what its inside begins with. */
const BEGINNING = 320;
/** What covers the top of the list. */
const HEADING = 32;
/** What a reader does to go on by themselves. */
const OWN_WAY = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/**
 * Brings the beginning of the open row into view, and no more than that, also while its inside is still coming: the list
 * moves as little as it can, and not at all any more once the reader has moved.
 */
export function useReveal(openJob: string | undefined, scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const list = scroller.current;
    const row = openJob === undefined ? null : document.getElementById(rowButtonId(openJob))?.closest("li");
    if (list === null || !row) return;
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
  }, [openJob, scroller]);
}
