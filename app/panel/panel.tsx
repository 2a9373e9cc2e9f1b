import { useAtom } from "jotai";
import { Search, SlidersHorizontal } from "lucide-react";
import type { RefObject } from "react";
import type { JobFilter } from "#app/client/job-filter.ts";
import { IconButton } from "#app/components/ui/button.tsx";
import { UserMenu } from "#app/components/sign-in/user-menu.tsx";
import { SheetClose, SheetContent, SheetTitle } from "#app/components/ui/sheet.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { onDemand } from "./on-demand.tsx";
import { useTexts } from "./panel-context.tsx";
import { PanelBody } from "./panel-body.tsx";
import { ListFailed, type ListProblem } from "./list-state.tsx";
import { coverAtom } from "./panel-state.ts";
import { SearchField } from "./search-field.tsx";
import { useEscape } from "./use-escape.ts";
import { isFirstUse, type LiveJobs } from "./use-job-feed.ts";

export type PanelProps = {
  /** What is shown, or why nothing is. */
  jobs: LiveJobs | ListProblem;
  filter: JobFilter;
  isModal: boolean;
  returnTo: RefObject<HTMLElement | null>;
  search: RefObject<HTMLInputElement | null>;
  /** Whether the field to search in is shown, and how to show it with the focus in it. */
  isSearching: boolean;
  onSearch: (isSearching: boolean) => void;
  /** The linked job does not exist. */
  isLinkDead: boolean;
  /** What a screen reader is told. */
  sentence: string;
};

const Cover = onDemand(async () => (await import("./panel-cover.tsx")).PanelCover, null);

/** The panel „Verarbeitung“. */
export function Panel(props: PanelProps) {
  const { jobs, filter, search, isSearching, onSearch } = props;
  const { texts, shell } = useTexts();
  const [cover, setCover] = useAtom(coverAtom);
  const onEscape = useEscape({ search, isSearching, closeSearch: () => onSearch(false) });
  const isRead = typeof jobs !== "string";
  const hasNothing = isRead && isFirstUse(jobs.state, filter);

  return (
    <SheetContent isModal={props.isModal} returnTo={props.returnTo} onEscape={onEscape}>
      <div className="flex min-h-0 flex-1 flex-col" inert={cover !== undefined}>
        <header className="flex items-center gap-2 pt-2.5 pr-2 pb-1.5 pl-4 max-[22rem]:gap-1 max-[22rem]:pr-1 max-[22rem]:pl-3">
          <SheetTitle>{texts.title}</SheetTitle>
          {isRead && <ConnectionBadge connection={jobs.state.connection} />}
          <span className="flex-1" />
          {isRead && !hasNothing && (
            <IconButton
              label={shell.search.open}
              aria-expanded={isSearching}
              aria-keyshortcuts="/"
              onClick={() => onSearch(!isSearching)}
            >
              <Search size={17} aria-hidden />
            </IconButton>
          )}
          <IconButton label={shell.settings} onClick={() => setCover("settings")}>
            <SlidersHorizontal size={17} aria-hidden />
          </IconButton>
          <UserMenu />
          <SheetClose label={texts.close} />
        </header>
        {isRead && isSearching && (
          <SearchField filter={filter} input={search} onClear={() => onSearch(false)} />
        )}
        {isRead ? (
          <PanelBody jobs={jobs} filter={filter} isLinkDead={props.isLinkDead} />
        ) : (
          <ListFailed problem={jobs} />
        )}
      </div>
      {cover !== undefined && <Cover key={cover} cover={cover} onClose={() => setCover(undefined)} />}
      <output className="sr-only">{props.sentence}</output>
    </SheetContent>
  );
}
