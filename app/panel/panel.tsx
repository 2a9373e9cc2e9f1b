import { useStore } from "jotai";
import { SheetClose, SheetContent, SheetTitle } from "#app/components/ui/sheet.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { ConnectionNotice } from "./connection-notice.tsx";
import { EmptyList } from "./empty-list.tsx";
import { JobList } from "./job-list.tsx";
import { rowButtonId } from "./job-row.tsx";
import { OlderJobs } from "./older-jobs.tsx";
import { useTexts } from "./panel-context.tsx";
import { openJobAtom } from "./panel-state.ts";
import type { LiveJobs } from "./use-job-feed.ts";

/** The panel „Verarbeitung“. `sentence` is what a screen reader is told of it. */
export function Panel({ feed, sentence }: { feed: LiveJobs; sentence: string }) {
  const { texts } = useTexts();
  const closeOpenJob = useCloseOpenJob();
  const { jobs, total, nextCursor, connection } = feed.state;

  return (
    <SheetContent onEscape={closeOpenJob}>
      <header className="flex items-center gap-2.5 border-b border-line py-2.5 pr-2 pl-4">
        <SheetTitle>{texts.title}</SheetTitle>
        <ConnectionBadge connection={connection} />
        <span className="flex-1" />
        <SheetClose label={texts.close} />
      </header>
      <div className="min-h-0 overflow-y-auto" data-scroller>
        <ConnectionNotice connection={connection} onConnect={feed.wake} />
        {jobs.length === 0 ? <EmptyList /> : <JobList jobs={jobs} />}
      </div>
      {jobs.length > 0 && (
        <OlderJobs shown={jobs.length} total={total} hasOlder={nextCursor !== null} load={feed.loadOlder} />
      )}
      <output className="sr-only">{sentence}</output>
    </SheetContent>
  );
}

/** Escape closes the open row first and leaves the focus on it; only without one it closes the panel. */
function useCloseOpenJob(): (event: KeyboardEvent) => void {
  const store = useStore();
  return (event) => {
    const jobId = store.get(openJobAtom);
    if (jobId === undefined) return;
    event.preventDefault();
    store.set(openJobAtom, undefined);
    document.getElementById(rowButtonId(jobId))?.focus();
  };
}
