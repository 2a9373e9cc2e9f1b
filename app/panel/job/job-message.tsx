import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { secretaryNote, shortSecretaryNote } from "#app/locales/secretary-notes.ts";
import { formatLength } from "#app/locales/time.ts";
import { useTexts } from "#app/panel/panel-context.tsx";
import { RemainingTime } from "./remaining-time.tsx";
import { whatWasSaid } from "./what-was-said.ts";

export type JobMessageProps = {
  id: string;
  job: JobSummary;
  tone: string;
  silence: string;
  /** Whether there is room for all that was said; an error has a place of its own then. */
  isOpen: boolean;
};

/** The status word, what the worker last said, and at the right how long a job took or still takes. */
export function JobMessage({ id, job, tone, silence, isOpen }: JobMessageProps) {
  const { words, locale } = useTexts();
  const word = silence === "" ? words.status[job.status] : words.noUpdateFor({ silence });
  const note = secretaryNote(job, locale);
  const said = (isOpen ? note : shortSecretaryNote(job, locale)) ?? whatWasSaid(job, words);
  const length = lengthOf(job);
  return (
    <p id={id} className="col-[2/4] flex gap-3 text-sm text-muted">
      <span
        title={note ?? said}
        className={`min-w-0 flex-1 ${isOpen && (note !== undefined || job.status !== "failed") ? "wrap-anywhere" : "truncate"}`}
      >
        <span aria-hidden className={`font-medium ${tone}`}>
          {word}
        </span>
        {said !== undefined && (
          <>
            <span aria-hidden> · </span>
            <bdi>{said}</bdi>
          </>
        )}
      </span>
      {length === undefined ? (
        <RemainingTime job={job} />
      ) : (
        <span className="shrink-0 tabular-nums">{formatLength(length, locale)}</span>
      )}
    </p>
  );
}

function lengthOf({ status, createdAt, startedAt, finishedAt }: JobSummary): number | undefined {
  if (!isFinal(status) || finishedAt === undefined) return undefined;
  return Date.parse(finishedAt) - Date.parse(startedAt ?? createdAt);
}
