import type { JobSummary } from "#app/contract/job.ts";
import { isStalled, silenceSeconds } from "#app/domain/stalled.ts";
import { formatSpan } from "#app/locales/time.ts";
import { useNow, usePanel } from "#app/panel/panel-context.tsx";
import { looks } from "./job-look.ts";

/** How a job looks now, and for how long it has been silent in the reader's words: empty while it is not stalled. */
export function useLook(job: JobSummary) {
  const { locale } = usePanel();
  const silence = useNow((now) => (isStalled(job, now) ? formatSpan(silenceSeconds(job, now), locale) : ""));
  return { look: looks[silence === "" ? job.status : "stalled"], silence };
}
