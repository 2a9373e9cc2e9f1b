import { useAtom } from "jotai";
import type { RefObject } from "react";
import type { JobFilter } from "#app/client/job-filter.ts";
import { SheetContent } from "#app/components/ui/sheet.tsx";
import { onDemand } from "./on-demand.tsx";
import { PanelBody } from "./panel-body.tsx";
import { PanelHeader } from "#app/panel/header/panel-header.tsx";
import { ListFailed, type ListProblem } from "#app/panel/list/list-state.tsx";
import { coverAtom } from "./panel-state.ts";
import { SearchField } from "#app/panel/header/search-field.tsx";
import { useEscape } from "./use-escape.ts";
import { type Sentence, Voice } from "#app/panel/news/voice.tsx";
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
  /** Read out from inside where the panel is all there is. */
  sentence: Sentence;
};

const Cover = onDemand(async () => (await import("#app/panel/cover/panel-cover.tsx")).PanelCover, null);

/** The panel „Verarbeitung“. */
export function Panel(props: PanelProps) {
  const { jobs, filter, search, isSearching, onSearch } = props;
  const [cover, setCover] = useAtom(coverAtom);
  const onEscape = useEscape({ search, isSearching, closeSearch: () => onSearch(false) });
  const isRead = typeof jobs !== "string";

  return (
    <SheetContent isModal={props.isModal} returnTo={props.returnTo} onEscape={onEscape}>
      <div className="flex min-h-0 flex-1 flex-col" inert={cover !== undefined}>
        <PanelHeader
          connection={isRead ? jobs.state.connection : undefined}
          hasSearch={isRead && !isFirstUse(jobs.state, filter)}
          isSearching={isSearching}
          onSearch={onSearch}
        />
        {isRead && isSearching && (
          <SearchField filter={filter} input={search} onClose={() => onSearch(false)} />
        )}
        {isRead ? (
          <PanelBody jobs={jobs} filter={filter} isLinkDead={props.isLinkDead} />
        ) : (
          <ListFailed problem={jobs} />
        )}
      </div>
      {cover !== undefined && <Cover key={cover} cover={cover} onClose={() => setCover(undefined)} />}
      {props.isModal && <Voice sentence={props.sentence} />}
    </SheetContent>
  );
}
