import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { rowButtonId } from "./row-button-id.ts";
import type { ListRow } from "./order-jobs.ts";
import { useStable } from "#app/panel/use-stable.ts";

/** How far Page up and Page down go. */
const PAGE = 10;

/**
 * The keyboard's place in the list: one row is reached by Tab, arrows, Home, End and the page keys go on from there. A
 * row with the focus, on it or inside, that is removed hands it to the one that takes its place.
 */
export function useRowFocus(rows: readonly ListRow[]): {
  /** The job whose row Tab reaches. */
  tabStop: string | undefined;
  /** Its index, -1 where it is not in the list. */
  at: number;
  /** Puts the focus on the first row. */
  toTop: () => void;
  /** Puts it on the row with this index, which `scrollTo` brings into view. */
  move: (to: number, scrollTo: (index: number) => void) => void;
  onFocus: (event: FocusEvent) => void;
  onKeyDown: (event: KeyboardEvent, scrollTo: (index: number) => void) => void;
} {
  const [jobId, setJobId] = useState<string>();
  const place = useRef<number>(undefined);
  const found = rows.findIndex(({ job }) => job.jobId === jobId);

  useLayoutEffect(() => {
    if (place.current === undefined) return;
    if (found !== -1) {
      place.current = found;
      return;
    }
    const next = rows[Math.min(place.current, rows.length - 1)];
    place.current = undefined;
    if (next === undefined || document.activeElement !== document.body) return;
    setJobId(next.job.jobId);
    document.getElementById(rowButtonId(next.job.jobId))?.focus();
  }, [rows, found]);

  const toTop = useStable(() => {
    const [first] = rows;
    if (first === undefined) return;
    flushSync(() => setJobId(first.job.jobId));
    document.getElementById(rowButtonId(first.job.jobId))?.focus();
  });

  function move(to: number, scrollTo: (index: number) => void): void {
    const row = rows[to];
    if (row === undefined) return;
    flushSync(() => setJobId(row.job.jobId));
    scrollTo(to);
    document.getElementById(rowButtonId(row.job.jobId))?.focus({ preventScroll: true });
  }

  return {
    tabStop: found === -1 ? rows[0]?.job.jobId : jobId,
    at: found,
    toTop,
    move,
    onFocus({ target }) {
      place.current = Number(target.closest("li")?.dataset["index"]);
      setJobId(rows[place.current]?.job.jobId);
    },
    onKeyDown(event, scrollTo) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const row = event.target instanceof HTMLElement ? event.target.dataset["row"] : undefined;
      const at = rows.findIndex(({ job }) => job.jobId === row);
      if (at === -1) return;
      const last = rows.length - 1;
      const targets: Record<string, number> = {
        ArrowDown: Math.min(at + 1, last),
        ArrowUp: Math.max(at - 1, 0),
        PageDown: Math.min(at + PAGE, last),
        PageUp: Math.max(at - PAGE, 0),
        Home: 0,
        End: last,
      };
      const to = targets[event.key];
      if (to === undefined) return;
      event.preventDefault();
      move(to, scrollTo);
    },
  };
}
