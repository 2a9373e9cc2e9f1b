import { useEffect, useRef } from "react";
import { useDetailTexts } from "./use-detail-texts.ts";

export type LogSearchProps = {
  text: string;
  found: number;
  onChange: (text: string) => void;
  onClose: () => void;
};

/** The field to search the log with. Escape closes it, before it closes anything else. */
export function LogSearch({ text, found, onChange, onClose }: LogSearchProps) {
  const { log } = useDetailTexts();
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    field.current?.focus();
    // Before the document's own listeners, which would close the row.
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || document.activeElement !== field.current) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      onClose();
    };
    window.addEventListener("keydown", listen, true);
    return () => window.removeEventListener("keydown", listen, true);
  }, [onClose]);

  return (
    <div className="flex h-8 items-center gap-2 border-b border-line px-2.5 text-sm focus-within:outline-2 focus-within:-outline-offset-2 focus-within:outline-focus">
      <input
        ref={field}
        type="search"
        value={text}
        onChange={({ target }) => onChange(target.value)}
        aria-label={log.search}
        placeholder={log.searchHint}
        className="h-6.5 min-w-0 flex-1 bg-transparent outline-none placeholder:text-faint"
      />
      <output className="shrink-0 text-faint tabular-nums">
        {text.trim() === "" ? "" : log.found({ count: found })}
      </output>
    </div>
  );
}
