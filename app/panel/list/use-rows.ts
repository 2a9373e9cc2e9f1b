import { type RefObject, useCallback, useLayoutEffect, useRef } from "react";
import { looks } from "#app/panel/job/job-look.ts";
import type { ListRow } from "./order-jobs.ts";
import { useFirstInView } from "./use-first-in-view.ts";
import { useVirtualizer } from "./use-virtualizer.ts";

/** Heights in pixels, as the rows have them (panel: look). */
const MOVING = 72;
const ENDED = 56;
const HEADING = 32;
/** Rows beyond the edges: enough that neither the wheel nor a screen reader reaches a gap. */
const OVERSCAN = 10;
/** So many rows are all rendered: fewer than a browser would notice. */
const PLAIN = 100;

type InView = { startIndex: number; endIndex: number };

/**
 * The rows that are in view, of any number. They stand in the normal flow between two paddings, so that a row may have
 * any height and the browser keeps the place when one changes. The rows at `kept` are rendered wherever the list is.
 */
export function useRows(options: {
  rows: readonly ListRow[];
  scroller: RefObject<HTMLElement | null>;
  /** -1 is none. */
  kept: readonly number[];
}): {
  items: readonly { key: string | number | bigint; index: number }[];
  list: RefObject<HTMLUListElement | null>;
  measure: (element: Element | null) => void;
  /** The index of the first row in view. */
  first: number;
  scrollTo: (index: number) => void;
} {
  const { rows, scroller, kept } = options;
  const list = useRef<HTMLUListElement>(null);
  const seen = useRef<InView>(undefined);
  const virtualizer = useVirtualizer(rows.length > PLAIN, {
    count: rows.length,
    getScrollElement: useCallback(() => scroller.current, [scroller]),
    estimateSize: useCallback((index: number) => heightOf(rows[index]), [rows]),
    getItemKey: useCallback((index: number) => rows[index]?.job.jobId ?? index, [rows]),
    rangeExtractor: (range) => {
      const inView = indexesIn(range, hasFlown(seen.current, range) ? 0 : OVERSCAN);
      return [...new Set([...kept.filter((at) => at !== -1), ...inView])].sort((a, b) => a - b);
    },
    initialOffset: () => scroller.current?.scrollTop ?? 0,
    scrollPaddingStart: HEADING,
  });
  const virtual = virtualizer?.getVirtualItems();
  const total = virtualizer?.getTotalSize() ?? 0;
  const firstOfAll = useFirstInView({ scroller, list, isWatched: virtualizer === undefined });

  useLayoutEffect(() => {
    if (list.current === null || virtualizer === undefined || virtual === undefined) return;
    const [first, last] = [virtual[0], virtual.at(-1)];
    seen.current = virtualizer.range ?? undefined;
    list.current.style.paddingTop = `${first?.start ?? 0}px`;
    list.current.style.paddingBottom = `${total - (last?.end ?? 0)}px`;
    // A row that is kept far from the others leaves a gap between, which the flow does not know.
    for (const [at, item] of virtual.entries()) {
      const element = virtualizer.elementsCache.get(item.key);
      const gap = at === 0 ? 0 : item.start - (virtual[at - 1]?.end ?? 0);
      if (element instanceof HTMLElement) element.style.marginTop = gap > 0 ? `${gap}px` : "";
    }
  });

  if (virtualizer === undefined || virtual === undefined) {
    return {
      items: rows.map(({ job }, index) => ({ key: job.jobId, index })),
      list,
      measure: noMeasure,
      first: firstOfAll,
      scrollTo: (index) => list.current?.children[index]?.scrollIntoView({ block: "nearest" }),
    };
  }
  return {
    items: virtual,
    list,
    measure: virtualizer.measureElement,
    first: virtualizer.getVirtualItemForOffset(virtualizer.scrollOffset ?? 0)?.index ?? 0,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  };
}

const noMeasure = (): void => {};

/** What is in view, and so many beyond its edges. */
function indexesIn({ startIndex, endIndex, count }: InView & { count: number }, beyond: number): number[] {
  const from = Math.max(0, startIndex - beyond);
  const to = Math.min(count - 1, endIndex + beyond);
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}

/**
 * Whether nothing of what was in view is any more: the list flies by, and the next picture will show yet other rows.
 * Those beyond the edges come when it slows down.
 */
function hasFlown(before: InView | undefined, now: InView): boolean {
  return before !== undefined && (now.startIndex > before.endIndex || now.endIndex < before.startIndex);
}

function heightOf(row: ListRow | undefined): number {
  if (row === undefined) return ENDED;
  const height = looks[row.job.status].bar === undefined ? ENDED : MOVING;
  return row.day === undefined ? height : height + HEADING;
}
