import { useAtomValue } from "jotai";
import { ArrowLeft } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { IconButton } from "#app/components/ui/button.tsx";
import { coverTexts } from "#app/locales/panel-cover.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { PanelHelp } from "./panel-help.tsx";
import { PanelSettings } from "./panel-settings.tsx";
import { focusBeforeCoverAtom } from "#app/panel/panel-state.ts";

/** Something that lies over the list for a while. It takes the focus, and gives it back to where it came from. */
export function PanelCover({ cover, onClose }: { cover: "settings" | "help"; onClose: () => void }) {
  const texts = coverTexts[usePanel().locale];
  const before = useAtomValue(focusBeforeCoverAtom);
  const id = useId();
  const section = useRef<HTMLElement>(null);

  useEffect(() => {
    section.current?.focus();
    return () => {
      if (before instanceof HTMLElement) requestAnimationFrame(() => before.focus());
    };
  }, [before]);

  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-labelledby={id}
      className="absolute inset-0 z-40 flex animate-appear flex-col bg-bg outline-none"
    >
      <header className="flex items-center gap-1 border-b border-line py-2.5 pr-4 pl-2">
        <IconButton label={texts.settings.back} onClick={onClose}>
          <ArrowLeft size={17} aria-hidden />
        </IconButton>
        <h3 id={id} className="text-lg font-semibold tracking-[-0.011em]">
          {texts[cover].title}
        </h3>
      </header>
      <div
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- in a low window it scrolls, and has nothing else for the keyboard
        tabIndex={cover === "help" ? 0 : undefined}
        className="min-h-0 flex-1 overflow-y-auto px-4 py-5"
      >
        {cover === "settings" ? <PanelSettings /> : <PanelHelp />}
      </div>
    </section>
  );
}
