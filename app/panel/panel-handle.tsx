import { PanelRight } from "lucide-react";
import type { ComponentProps } from "react";
import { useTexts } from "./panel-context.tsx";

/**
 * The way into a closed panel, at the edge where it comes from, with how many jobs run meanwhile. Where there is no room
 * beside the page it lies on a strip of its own, below which the page scrolls away.
 */
export function PanelHandle({ running, ...props }: ComponentProps<"button"> & { running: number }) {
  const { shell } = useTexts();
  return (
    <button
      type="button"
      aria-keyshortcuts="Alt+J"
      aria-label={
        running > 0 ? `${shell.handle.open}, ${shell.handle.running({ count: running })}` : shell.handle.open
      }
      title={shell.handle.open}
      className="fixed top-20 right-0 z-20 grid min-h-11 min-w-10 animate-appear place-items-center gap-1 max-lg:top-2 max-lg:min-h-10 max-lg:grid-flow-col max-lg:gap-2 max-lg:py-0 rounded-l-[10px] border border-r-0 border-line bg-bg py-3 pr-2 pl-2.5 text-muted shadow-handle hover:bg-hover hover:text-text data-[state=open]:hidden"
      {...props}
    >
      <PanelRight size={17} aria-hidden />
      {running > 0 && (
        <span aria-hidden className="text-sm font-semibold text-run tabular-nums">
          {shell.filter.count({ count: running })}
        </span>
      )}
    </button>
  );
}
