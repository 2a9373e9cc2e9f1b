import type { Virtualizer, VirtualizerOptions } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useReducer, useState } from "react";

export type ListVirtualizer = Virtualizer<HTMLElement, Element>;
type Options = Omit<
  VirtualizerOptions<HTMLElement, Element>,
  "observeElementRect" | "observeElementOffset" | "scrollToFn" | "onChange"
>;

/**
 * As `useVirtualizer` of @tanstack/react-virtual, but its code comes when a list is first long enough to need it:
 * undefined until then, and where it cannot be had; all rows are rendered then.
 */
export function useVirtualizer(isNeeded: boolean, options: Options): ListVirtualizer | undefined {
  const [made, setMade] = useState<ListVirtualizer>();
  const [, render] = useReducer((count: number) => count + 1, 0);
  const { getScrollElement, estimateSize } = options;

  useEffect(() => {
    if (!isNeeded || made !== undefined) return;
    let isGone = false;
    import("@tanstack/react-virtual").then(
      ({ Virtualizer: Made, observeElementRect, observeElementOffset, elementScroll: scrollToFn }) => {
        const how = { observeElementRect, observeElementOffset, scrollToFn, onChange: render };
        if (isGone) return;
        const virtualizer = new Made({ count: 0, getScrollElement, estimateSize, ...how });
        virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false;
        setMade(virtualizer);
      },
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [isNeeded, made, getScrollElement, estimateSize]);

  const virtualizer = isNeeded ? made : undefined;
  virtualizer?.setOptions({ ...virtualizer.options, ...options });
  // oxlint-disable-next-line no-underscore-dangle -- what every adapter of the library calls
  useLayoutEffect(() => virtualizer?._didMount(), [virtualizer]);
  // oxlint-disable-next-line no-underscore-dangle -- what every adapter of the library calls
  useLayoutEffect(() => virtualizer?._willUpdate());
  return virtualizer;
}
