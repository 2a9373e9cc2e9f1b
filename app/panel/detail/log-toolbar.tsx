import { ChevronDown, Download, Search, WrapText } from "lucide-react";
import type { ComponentProps } from "react";
import { CopyButton } from "#app/components/ui/copy-button.tsx";
import { LEVELS, type LogLevel } from "./log-text.ts";
import { useDetailTexts } from "./use-detail-texts.ts";

export type LogView = { level: LogLevel; wraps: boolean; isSearching: boolean; text: string };

export type LogToolbarProps = {
  view: LogView;
  onChange: (change: Partial<LogView>) => void;
  /** The lines that are shown, as text. */
  copyText: () => string;
  onDownload: () => void;
};

/** What a reader can do with the log. */
export function LogToolbar({ view, onChange, copyText, onDownload }: LogToolbarProps) {
  const texts = useDetailTexts();
  const { log } = texts;
  return (
    <div className="flex h-8 items-center gap-0.5 border-b border-line pr-1 pl-2.5 text-sm font-medium text-muted">
      <span className="min-w-0 flex-1 truncate">{log.title}</span>
      <span className="relative flex items-center">
        <select
          aria-label={log.level}
          title={log.level}
          value={view.level}
          onChange={({ target }) =>
            onChange({ level: LEVELS.find((level) => level === target.value) ?? "debug" })
          }
          className={`h-6.5 max-w-32 cursor-pointer appearance-none [field-sizing:content] rounded-md bg-bg pr-6 pl-2 hover:bg-hover hover:text-text ${view.level === "debug" ? "" : "text-text"}`}
        >
          {LEVELS.map((level) => (
            <option key={level} value={level}>
              {log.levels[level]}
            </option>
          ))}
        </select>
        <ChevronDown size={14} aria-hidden className="pointer-events-none absolute right-1.5" />
      </span>
      <ToolButton
        label={log.search}
        aria-expanded={view.isSearching}
        onClick={() => onChange({ isSearching: !view.isSearching, text: "" })}
      >
        <Search size={14} aria-hidden />
      </ToolButton>
      <ToolButton label={log.wrap} aria-pressed={view.wraps} onClick={() => onChange({ wraps: !view.wraps })}>
        <WrapText size={14} aria-hidden />
      </ToolButton>
      <CopyButton
        text={copyText}
        labels={{ copy: log.copy, done: texts.copied, failed: texts.notCopied }}
        look={TOOL}
      />
      <ToolButton label={log.download} onClick={onDownload}>
        <Download size={14} aria-hidden />
      </ToolButton>
    </div>
  );
}

const TOOL =
  "grid size-6.5 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-text aria-pressed:rounded-b-none aria-pressed:text-text aria-pressed:inset-shadow-pressed aria-expanded:rounded-b-none aria-expanded:text-text aria-expanded:inset-shadow-pressed forced-colors:aria-expanded:outline-1 forced-colors:aria-pressed:outline-1";

function ToolButton({ label, ...props }: ComponentProps<"button"> & { label: string }) {
  return <button type="button" aria-label={label} title={label} className={TOOL} {...props} />;
}
