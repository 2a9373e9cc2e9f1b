import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "#app/components/ui/button.tsx";
import { useTexts } from "./panel-context.tsx";

/** Something that lies over the list for a while. It takes the focus, and gives it back to where it came from. */
export function PanelCover(props: { title: string; onClose: () => void; children: ReactNode }) {
  const { shell } = useTexts();
  const id = useId();
  const section = useRef<HTMLElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    section.current?.focus();
    return () => {
      if (before instanceof HTMLElement) requestAnimationFrame(() => before.focus());
    };
  }, []);

  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-labelledby={id}
      className="absolute inset-0 z-40 flex animate-appear flex-col bg-bg outline-none motion-reduce:animate-none"
    >
      <header className="flex items-center gap-1 border-b border-line py-2.5 pr-4 pl-2">
        <IconButton label={shell.settings.back} onClick={props.onClose}>
          <ArrowLeft size={17} aria-hidden />
        </IconButton>
        <h3 id={id} className="text-lg font-semibold tracking-[-0.011em]">
          {props.title}
        </h3>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-5">{props.children}</div>
    </section>
  );
}
