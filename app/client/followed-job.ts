import { defined } from "#app/contract/defined.ts";
import type { JobDetail } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { phasesAfter } from "#app/domain/follow-progress.ts";
import { LOGS_KEPT } from "#app/domain/job-log.ts";
import { addLine, type LogLine, linesOf } from "./job-lines.ts";

/** A job in full as far as it is loaded: its newest state, its lines without a gap, whether there are older ones. */
export type LoadedJob = { detail: JobDetail; lines: readonly LogLine[]; hasOlder: boolean };

/** A job as it was loaded, with what is known of it already. */
export function loadJob(detail: JobDetail, known?: LoadedJob): LoadedJob {
  const lines = linesOf(detail).reduce(addLine, joins(known, detail) ? known.lines : []);
  const newest = known !== undefined && known.detail.revision > detail.revision ? known.detail : detail;
  return withLines({ ...detail, ...(newest === detail ? {} : summaryOf(newest)) }, lines);
}

/** The job with the lines before those it has; without any more to come where none came. */
export function addOlder(known: LoadedJob, older: JobDetail): LoadedJob {
  const added = linesOf(older).reduce(addLine, known.lines);
  return added.length === known.lines.length ? { ...known, hasOlder: false } : withLines(known.detail, added);
}

/** The job with one more line. */
export function addNewLine(known: LoadedJob, line: LogLine): LoadedJob {
  const lines = addLine(known.lines, line);
  if (lines === known.lines) return known;
  const logCount = Math.max(known.detail.logCount, line.index + 1);
  return { ...known, detail: { ...known.detail, logCount }, lines };
}

/** The job in its next state; one that is no newer changes nothing. The steps go on as the server keeps them. */
export function addState(known: LoadedJob, summary: JobSummary): LoadedJob {
  const { detail } = known;
  if (summary.revision <= detail.revision) return known;
  const phases = isFinal(summary.status)
    ? detail.phases
    : phasesAfter(detail.phases, defined({ phase: summary.phase }), summary.updatedAt);
  const { error: _, finishedAt: __, progress: ___, message: ____, ...rest } = detail;
  return { ...known, detail: { ...rest, ...summary, ...(phases === undefined ? {} : { phases }) } };
}

function withLines(detail: JobDetail, lines: readonly LogLine[]): LoadedJob {
  const oldestKept = Math.max(0, detail.logCount - LOGS_KEPT);
  return { detail, lines, hasOlder: (lines[0]?.index ?? oldestKept) > oldestKept };
}

/** Whether the loaded lines go on where the known ones end. */
function joins(known: LoadedJob | undefined, { logsFrom }: JobDetail): known is LoadedJob {
  return known !== undefined && (known.lines.at(-1)?.index ?? -1) + 1 >= logsFrom;
}

function summaryOf(detail: JobDetail) {
  const { logs: _, logsFrom: __, logCount: ___, artifacts: ____, ...summary } = detail;
  return summary;
}
