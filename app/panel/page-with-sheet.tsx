import { useAtom } from "jotai";
import { type ReactNode, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { JobFilter } from "#app/client/job-filter.ts";
import { Sheet, SheetTrigger } from "#app/components/ui/sheet.tsx";
import type { ListProblem } from "#app/panel/list/list-state.tsx";
import { Panel } from "./panel.tsx";
import { useAddress } from "./panel-address.ts";
import { PanelHandle } from "./panel-handle.tsx";
import { isPanelOpenAtom } from "./panel-state.ts";
import type { LiveJobs } from "./use-job-feed.ts";
import { useMedia } from "./use-media.ts";
import { usePreferences } from "#app/panel/cover/use-preferences.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { useStable } from "./use-stable.ts";
import { type Sentence, Voice } from "#app/panel/news/voice.tsx";

/** Below this the panel lies over the page, which then is out of reach; from it on both are used side by side. */
const NARROW = "(width < 48rem)";

export type PageWithSheetProps = {
  jobs: LiveJobs | ListProblem;
  filter: JobFilter;
  isLinkDead: boolean;
  sentence: Sentence;
  children: ReactNode;
};

/** The page, the panel beside it or over it, and the handle that opens it. */
export function PageWithSheet({ jobs, filter, isLinkDead, sentence, children }: PageWithSheetProps) {
  const [isOpen, setOpen] = useAtom(isPanelOpenAtom);
  const [, setPreference] = usePreferences();
  const { show, forgetPanel } = useAddress();
  const [isSearching, setSearching] = useState(false);
  const [searched, setSearched] = useState<string>();
  if (searched !== filter.q) {
    // By the address, also where the browser went back to it: what is filtered shows by what.
    setSearched(filter.q);
    if (filter.q !== undefined) setSearching(true);
  }
  const isModal = useMedia(NARROW) && isOpen;
  const handle = useRef<HTMLButtonElement>(null);
  const search = useRef<HTMLInputElement>(null);

  function change(next: boolean): void {
    setOpen(next);
    setPreference("panel", next ? "open" : "closed");
    forgetPanel();
  }
  const toggle = useStable(() => {
    const sheet = document.querySelector<HTMLElement>("[data-sheet]");
    if (isOpen && sheet !== null && !sheet.contains(document.activeElement)) sheet.focus();
    else change(!isOpen);
  });
  const showSearch = useStable((next: boolean) => {
    flushSync(() => {
      if (next && !isOpen) change(true);
      setSearching(next);
    });
    if (next) search.current?.focus();
    else {
      show({ ...filter, q: "" }, { replaces: true });
      document.querySelector<HTMLElement>("[data-sheet]")?.focus();
    }
  });
  useShortcuts({ toggle, search: useStable(() => showSearch(true)) });

  return (
    <Sheet open={isOpen} onOpenChange={change}>
      <div inert={isModal} className={`min-h-dvh ${isOpen ? "md:pr-105" : ""}`}>
        <div className="fixed inset-x-0 top-0 z-[5] h-14 bg-linear-to-b from-page from-80% to-transparent lg:hidden" />
        {children}
      </div>
      <SheetTrigger>
        <PanelHandle ref={handle} running={typeof jobs === "string" ? 0 : jobs.state.counts.running} />
      </SheetTrigger>
      {isModal && (
        <div aria-hidden className="fixed inset-0 z-20 bg-black/30" onClick={() => change(false)} />
      )}
      <Panel
        jobs={jobs}
        filter={filter}
        isModal={isModal}
        returnTo={handle}
        search={search}
        isSearching={isSearching}
        onSearch={showSearch}
        isLinkDead={isLinkDead}
        sentence={sentence}
      />
      {!isModal && <Voice sentence={sentence} />}
    </Sheet>
  );
}
