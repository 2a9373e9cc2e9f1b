import { type FocusEvent, type PointerEvent, type RefObject, useEffect, useState } from "react";

/** What a list listens to, to know whether somebody is in it. */
type Engagement = {
  isEngaged: boolean;
  handlers: {
    onPointerEnter: (event: PointerEvent) => void;
    onPointerLeave: () => void;
    onFocus: () => void;
    onBlur: (event: FocusEvent) => void;
  };
};

/**
 * Whether somebody is in a list: a pointer over it, the focus in it, or scrolled down. A finger does not hover: it only
 * scrolls or presses.
 */
export function useEngagement(scroller: RefObject<HTMLElement | null>): Engagement {
  const [hasPointer, setPointer] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const [isScrolled, setScrolled] = useState(false);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = (): void => setScrolled(element.scrollTop > 0);
    look();
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [scroller]);

  return {
    isEngaged: hasPointer || hasFocus || isScrolled,
    handlers: {
      onPointerEnter: ({ pointerType }) => setPointer(pointerType !== "touch"),
      onPointerLeave: () => setPointer(false),
      onFocus: () => setFocus(true),
      onBlur: ({ currentTarget, relatedTarget }) => setFocus(currentTarget.contains(relatedTarget)),
    },
  };
}
