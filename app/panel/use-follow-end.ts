import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** So near to the end still counts as at the end. Pixels. */
const NEAR = 8;

/**
 * Keeps a scrolling box at its end while lines are appended, until the reader scrolls up or selects text in it.
 * `last` is the index of the newest line; `missed` is how many came since the reader stopped following.
 */
export function useFollowEnd(last: number): {
  box: RefObject<HTMLDivElement | null>;
  missed: number;
  returnToEnd: () => void;
} {
  const box = useRef<HTMLDivElement>(null);
  /** The newest line when the reader stopped following; undefined while following. */
  const [stoppedAt, setStoppedAt] = useState<number>();

  useLayoutEffect(() => {
    if (stoppedAt === undefined) scrollToEnd(box.current);
  });

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const stop = (): void => setStoppedAt((known) => known ?? last);
    const whenScrolled = (): void => {
      const { scrollHeight, scrollTop, clientHeight } = element;
      if (scrollHeight - scrollTop - clientHeight > NEAR) stop();
      else if (!hasSelection(element)) setStoppedAt(undefined);
    };
    const whenSelected = (): void => {
      if (hasSelection(element)) stop();
    };
    element.addEventListener("scroll", whenScrolled);
    document.addEventListener("selectionchange", whenSelected);
    return () => {
      element.removeEventListener("scroll", whenScrolled);
      document.removeEventListener("selectionchange", whenSelected);
    };
  }, [last]);

  return {
    box,
    missed: stoppedAt === undefined ? 0 : last - stoppedAt,
    returnToEnd() {
      getSelection()?.removeAllRanges();
      setStoppedAt(undefined);
      scrollToEnd(box.current);
    },
  };
}

function scrollToEnd(element: HTMLElement | null): void {
  if (element !== null) element.scrollTop = element.scrollHeight;
}

function hasSelection(element: HTMLElement): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode);
}
