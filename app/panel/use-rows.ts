import { defaultRangeExtractor, useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useRef } from "react";
import { looks } from "./job-look.ts";
import type { ListRow } from "./order-jobs.ts";

/** Heights in pixels, as the rows have them (panel: look). */
const MOVING = 72;
const ENDED = 56;
const HEADING = 32;
/** Rows beyond the edges: enough that neither the wheel nor a screen reader reaches a gap. */
const OVERSCAN = 10;
/** What the server renders, which knows no window: a full one. */
const FIRST_RECT = { width: 420, height: 900 };

/**
 * The rows that are in view, of any number. They stand in the normal flow between two paddings, so that a row may have
 * any height and the browser keeps the place when one changes. The row at `kept` is rendered wherever the list is.
 */
export function useRows(options: {
  rows: readonly ListRow[];
  scroller: RefObject<HTMLElement | null>;
  kept: number;
}): {
  items: VirtualItem[];
  list: RefObject<HTMLUListElement | null>;
  measure: (element: Element | null) => void;
  /** The index of the first row in view. */
  first: number;
  scrollTo: (index: number) => void;
} {
  const { rows, scroller, kept } = options;
  const list = useRef<HTMLUListElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises here
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: useCallback((index: number) => rows[index]?.job.jobId ?? index, [rows]),
    rangeExtractor: (range) => {
      const inView = defaultRangeExtractor(range);
      if (kept < 0 || inView.includes(kept)) return inView;
      return kept < (inView[0] ?? 0) ? [kept, ...inView] : [...inView, kept];
    },
    initialRect: FIRST_RECT,
    overscan: OVERSCAN,
    scrollPaddingStart: HEADING,
    useFlushSync: false,
  });
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false;
  const items = virtualizer.getVirtualItems();
  const total = virtualizer.getTotalSize();

  useLayoutEffect(() => {
    if (list.current === null) return;
    const [first, last] = [items[0], items.at(-1)];
    list.current.style.paddingTop = `${first?.start ?? 0}px`;
    list.current.style.paddingBottom = `${total - (last?.end ?? 0)}px`;
    // A row that is kept far from the others leaves a gap between, which the flow does not know.
    for (const [at, item] of items.entries()) {
      const element = virtualizer.elementsCache.get(item.key);
      const gap = at === 0 ? 0 : item.start - (items[at - 1]?.end ?? 0);
      if (element instanceof HTMLElement) element.style.marginTop = gap > 0 ? `${gap}px` : "";
    }
  });

  return {
    items,
    list,
    measure: virtualizer.measureElement,
    first: virtualizer.getVirtualItemForOffset(virtualizer.scrollOffset ?? 0)?.index ?? 0,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  };
}

function heightOf(row: ListRow | undefined): number {
  if (row === undefined) return ENDED;
  const height = looks[row.job.status].bar === undefined ? ENDED : MOVING;
  return row.day === undefined ? height : height + HEADING;
}
