import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** So near to the end still counts as at the end. Pixels. */
const NEAR = 8;

/** The indexes of the first and the newest line that are shown. */
export type ShownLines = { first: number; last: number };

/**
 * Keeps a scrolling box at its end while lines are appended, until the reader scrolls up or selects text in it; then what
 * is read stays where it is, also when older lines come before it. `stoppedAt` is the newest line when the reader stopped,
 * undefined while following.
 */
export function useFollowEnd({ first, last }: ShownLines): {
  box: RefObject<HTMLDivElement | null>;
  stoppedAt: number | undefined;
  returnToEnd: () => void;
} {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef({ first, height: 0 });
  const [stoppedAt, setStoppedAt] = useState<number>();

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    if (stoppedAt === undefined) scrollToEnd(element);
    else if (first < before.current.first) element.scrollTop += element.scrollHeight - before.current.height;
    before.current = { first, height: element.scrollHeight };
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
    stoppedAt,
    returnToEnd() {
      getSelection()?.removeAllRanges();
      setStoppedAt(undefined);
      if (box.current !== null) scrollToEnd(box.current);
    },
  };
}

function scrollToEnd(element: HTMLElement): void {
  element.scrollTop = element.scrollHeight;
}

function hasSelection(element: HTMLElement): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode);
}
