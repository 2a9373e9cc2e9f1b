import { useAtom } from "jotai";
import { X } from "lucide-react";
import type { JobFilter } from "#app/client/job-filter.ts";
import { IconButton } from "#app/components/ui/button.tsx";
import { ConnectionNotice } from "./connection-notice.tsx";
import { EmptyList } from "#app/panel/list/empty-list.tsx";
import { JobList } from "#app/panel/list/job-list.tsx";
import { filterKey } from "./list-address.ts";
import { ListSkeleton, NoMatch } from "#app/panel/list/list-state.tsx";
import { OlderJobs } from "#app/panel/list/older-jobs.tsx";
import { useAddress } from "./panel-address.ts";
import { useTexts } from "./panel-context.tsx";
import { openJobAtom } from "./panel-state.ts";
import { StatusChips } from "#app/panel/header/status-chips.tsx";
import { isFirstUse, type LiveJobs } from "./use-job-feed.ts";

export type PanelBodyProps = { jobs: LiveJobs; filter: JobFilter; isLinkDead: boolean };

/** Below the head of the panel: the filters, how the connection is, and the list or what stands in its place. */
export function PanelBody({ jobs: live, filter, isLinkDead }: PanelBodyProps) {
  const { jobs, total, counts, nextCursor, connection } = live.state;
  const { pending, show } = useAddress();
  const [openJob, setOpenJob] = useAtom(openJobAtom);
  const isOpenElsewhere = openJob !== undefined && live.find(openJob) !== undefined;
  const hasRows = jobs.length > 0 || isOpenElsewhere;
  const isLoading = !hasRows && pending !== undefined;

  if (isFirstUse(live.state, filter))
    return (
      <>
        <ConnectionNotice connection={connection} onConnect={live.wake} />
        <EmptyList />
      </>
    );
  return (
    <>
      <StatusChips filter={filter} counts={counts} />
      <ConnectionNotice connection={connection} onConnect={live.wake} />
      {isLinkDead && <DeadLink onClose={() => setOpenJob(undefined)} />}
      <div className="contents" aria-busy={pending !== undefined}>
        {hasRows ? (
          <JobList
            key={filterKey(live.state.filter)}
            jobs={jobs}
            total={total}
            find={live.find}
            older={nextCursor}
            loadOlder={live.loadOlder}
          />
        ) : isLoading ? (
          <ListSkeleton />
        ) : (
          <NoMatch
            isOffline={connection.state !== "live" && connection.state !== "connecting"}
            onReset={() => show({})}
          />
        )}
      </div>
      <OlderJobs
        isKnown={!isLoading}
        shown={jobs.length}
        total={Math.max(total, jobs.length)}
        hasOlder={nextCursor !== null}
        load={live.loadOlder}
      />
    </>
  );
}

function DeadLink({ onClose }: { onClose: () => void }) {
  const { shell } = useTexts();
  return (
    <div
      role="alert"
      className="mx-3 mt-2.5 flex items-center gap-2 rounded-lg bg-raised py-1 pr-1 pl-3 text-sm text-muted"
    >
      <p className="flex-1">{shell.gone}</p>
      <IconButton label={shell.dismiss} onClick={onClose}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
