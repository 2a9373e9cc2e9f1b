import { Search, X } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import type { JobFilter } from "#app/client/job-filter.ts";
import { useAddress } from "#app/panel/panel-address.ts";
import { useTexts } from "#app/panel/panel-context.tsx";

/** Long enough to type on, short enough to see what one types. */
const PAUSE_MS = 200;

export type SearchFieldProps = {
  filter: JobFilter;
  input: RefObject<HTMLInputElement | null>;
  onClose: () => void;
};

/**
 * The field for title, id or message. What is typed is in the address a moment later; without script, by Enter. The
 * arrow down goes on to what was found.
 */
export function SearchField({ filter, input, onClose }: SearchFieldProps) {
  const { shell } = useTexts();
  const { show } = useAddress();
  const { q = "", status } = filter;
  const [text, setText] = useState(q);
  const [shownFor, setShownFor] = useState(q);
  if (shownFor !== q) {
    // The address has changed: by what was typed a moment ago, or by going back.
    setShownFor(q);
    if (text.trim() !== q && document.activeElement !== input.current) setText(q);
  }

  useEffect(() => {
    const wanted = text.trim();
    if (wanted === q) return;
    const timer = setTimeout(
      () => show({ ...(status && { status }), ...(wanted && { q: wanted }) }, { replaces: true }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only typing begins a search
  }, [text]);

  return (
    <search className="px-3 pb-2.5">
      <form
        onSubmit={(event) => event.preventDefault()}
        className="flex h-8 items-center gap-2 rounded-lg bg-hover pr-1 pl-2.5 text-muted focus-within:outline-2 focus-within:-outline-offset-2 focus-within:outline-focus"
      >
        <Search size={14} aria-hidden className="shrink-0" />
        {status !== undefined && <input type="hidden" name="status" value={status.join(",")} />}
        <input
          ref={input}
          type="search"
          name="q"
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key !== "ArrowDown") return;
            event.preventDefault();
            document.querySelector<HTMLElement>("[data-row]")?.focus();
          }}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          aria-label={shell.search.label}
          placeholder={shell.search.placeholder}
          className="h-full min-w-0 flex-1 bg-transparent text-text outline-none placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
        />
        <button
          type="button"
          aria-label={shell.search.clear}
          title={shell.search.clear}
          onClick={onClose}
          className="grid size-6 shrink-0 place-items-center rounded-md hover:text-text"
        >
          <X size={14} aria-hidden />
        </button>
      </form>
    </search>
  );
}
