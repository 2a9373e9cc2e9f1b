import { useAtom } from "jotai";
import { type ReactNode, useEffect } from "react";
import type { JobFilter } from "#app/client/job-filter.ts";
import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import type { ListProblem } from "#app/panel/list/list-state.tsx";
import { PageWithSheet } from "./page-with-sheet.tsx";
import { useAddress } from "./panel-address.ts";
import { openJobAtom } from "./panel-state.ts";
import { useAnnouncer } from "#app/panel/news/use-announcer.ts";
import { useEndedJobs } from "#app/panel/news/use-ended-jobs.ts";
import { useJobFeed } from "./use-job-feed.ts";
import { useLinkedJob } from "./use-linked-job.ts";
import { useStable } from "./use-stable.ts";
import { useTabSign } from "#app/panel/news/use-tab-sign.ts";
import { SILENCE } from "#app/panel/news/voice.tsx";

export type LivePanelProps = {
  first: JobPage;
  page: JobPage | undefined;
  filter: JobFilter;
  openJob: string | undefined;
  linked: JobSummary | null | undefined;
  children: ReactNode;
};

/** The panel with its jobs. The feed belongs to the page: a panel that is opened again is up to date at once. */
export function LivePanel({ first, page, filter, linked, children, ...address }: LivePanelProps) {
  const { sentence, hear } = useAnnouncer(first.items);
  const { tally, onMove } = useEndedJobs();
  const [openJob, setOpenJob] = useAtom(openJobAtom);
  const onEvent = useStable((event: StreamEvent) => {
    hear(event);
    if (event.event === "job_removed" && event.data.jobId === openJob) setOpenJob(undefined);
  });
  const jobs = useJobFeed({ first, page, filter, linked, onEvent, onMove });
  const { connection } = jobs.state;
  useEffect(() => hear(connection), [hear, connection]);
  useTabSign(jobs.state.counts.running, tally);
  const isLinkDead = useLinkedJob(jobs, linked);
  useCatchUp(page === undefined && connection.state === "live");
  useOpenJobOfAddress(address.openJob);

  return (
    <PageWithSheet jobs={jobs} filter={filter} isLinkDead={isLinkDead} sentence={sentence}>
      {children}
    </PageWithSheet>
  );
}

/** The open row and the address tell of each other. */
function useOpenJobOfAddress(named: string | undefined): void {
  const { open } = useAddress();
  const [openJob, setOpenJob] = useAtom(openJobAtom);
  useEffect(() => open(openJob), [open, openJob]);
  useEffect(() => setOpenJob(named), [named, setOpenJob]);
}

/** The panel where the jobs could not be read. */
export function PanelWithoutJobs(props: { problem: ListProblem; filter: JobFilter; children: ReactNode }) {
  return (
    <PageWithSheet jobs={props.problem} filter={props.filter} isLinkDead={false} sentence={SILENCE}>
      {props.children}
    </PageWithSheet>
  );
}

/** Once the server is back, what it could not be asked for is asked for. */
function useCatchUp(isNeeded: boolean): void {
  const { reload } = useAddress();
  useEffect(() => {
    if (isNeeded) reload();
  }, [isNeeded, reload]);
}
