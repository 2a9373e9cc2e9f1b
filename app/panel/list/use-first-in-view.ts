import { type RefObject, useEffect, useState } from "react";

/** The index of the first child of `list` that is not scrolled away, where `isWatched`; 0 where it is not. */
export function useFirstInView(options: {
  scroller: RefObject<HTMLElement | null>;
  list: RefObject<HTMLElement | null>;
  isWatched: boolean;
}): number {
  const { scroller, list, isWatched } = options;
  const [first, setFirst] = useState(0);

  useEffect(() => {
    const element = scroller.current;
    if (element === null || !isWatched) return;
    const look = (): void => {
      const { top } = element.getBoundingClientRect();
      const rows = [...(list.current?.children ?? [])];
      setFirst(
        Math.max(
          0,
          rows.findIndex((row) => row.getBoundingClientRect().bottom > top),
        ),
      );
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [scroller, list, isWatched]);
  return isWatched ? first : 0;
}
