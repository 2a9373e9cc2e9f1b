import { CalendarDays, LoaderCircle } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "#app/components/ui/button.tsx";
import { dayJumpTexts } from "#app/locales/day-jump.ts";
import type { ListRow } from "./order-jobs.ts";
import { useTexts } from "#app/panel/panel-context.tsx";
import { useStable } from "#app/panel/use-stable.ts";

export type DayJumpProps = {
  rows: readonly ListRow[];
  /** Today in the reader's time zone, `2026-11-23`: the last day there is. */
  today: string;
  /** Where older jobs begin; null where there are none. */
  older: string | null;
  /** Loads them; a rejection is shown here. */
  loadOlder: () => Promise<void>;
  /** Puts the focus on a row. */
  goTo: (index: number) => void;
};

/**
 * The way back to a day, by the browser's own calendar: loads as far as that day reaches, and goes to its newest job,
 * or to the next older one.
 */
export function DayJump({ rows, today, older, loadOlder, goTo }: DayJumpProps) {
  const { texts, locale } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState<string>();
  const [hasFailed, setFailed] = useState(false);

  const look = useStable(() => {
    if (wanted === undefined) return;
    // A row has a day where one begins.
    const found = rows.findIndex(({ day }) => day !== undefined && day <= wanted);
    if (found === -1 && older !== null) {
      loadOlder().catch(() => {
        setWanted(undefined);
        setFailed(true);
      });
      return;
    }
    setWanted(undefined);
    // Not while React is at work: the row is drawn at once.
    requestAnimationFrame(() => {
      goTo(found === -1 ? rows.length - 1 : found);
      showFromTop(document.activeElement);
    });
  });
  // Once for the day that is wanted, and again for every page that has come.
  useEffect(look, [look, wanted, older]);

  function jump(day: string): void {
    setFailed(false);
    setWanted(day === "" ? undefined : day);
  }

  return (
    <div className="pointer-events-none sticky top-0 z-20 -mb-8 flex h-8 items-end justify-end gap-1 pr-2.5 text-sm text-muted">
      <output className="bg-bg">
        {wanted !== undefined && texts.older.loading}
        {hasFailed && <span className="text-bad">{texts.older.failed}</span>}
      </output>
      <input
        ref={input}
        type="date"
        max={today}
        tabIndex={-1}
        aria-hidden
        onChange={({ target }) => jump(target.value)}
        className="absolute right-4 bottom-0 size-px opacity-0"
      />
      <IconButton
        label={dayJumpTexts[locale].label}
        onClick={() => {
          if (input.current === null) return;
          input.current.value = "";
          input.current.showPicker();
        }}
        className="pointer-events-auto grid size-7 place-items-center rounded-lg text-muted hover:bg-hover hover:text-text"
      >
        {wanted === undefined ? (
          <CalendarDays size={15} aria-hidden />
        ) : (
          <LoaderCircle size={15} aria-hidden className="animate-spin" />
        )}
      </IconButton>
    </div>
  );
}

/** Scrolls the list so that it begins with this row, the heading of its day included. */
function showFromTop(element: Element | null): void {
  const [row, list] = [element?.closest("li"), element?.closest("[data-scroller]")];
  if (row && list) list.scrollBy({ top: row.getBoundingClientRect().top - list.getBoundingClientRect().top });
}
