import { CopyButton } from "#app/components/ui/copy-button.tsx";
import type { JobError, JobSummary } from "#app/contract/job.ts";
import { textFor } from "#app/locales/text-for.ts";
import { formatSecond } from "#app/locales/time.ts";
import { usePanel, useTexts } from "./panel-context.tsx";

/** What went wrong, what to do, and small the code for whoever repairs it. */
export function JobErrorBox({ job, error }: { job: JobSummary; error: JobError }) {
  const { texts, words, locale } = useTexts();
  const { timeZone } = usePanel();
  const ours = textFor(words.error, error.code);
  const at = formatSecond(Date.parse(job.finishedAt ?? job.updatedAt), locale, timeZone);
  return (
    <div className="grid gap-1 rounded-lg bg-bad-soft px-3 py-2.5 wrap-anywhere">
      <p dir="auto" className="font-semibold text-bad">
        {ours ?? error.message}
      </p>
      {ours !== undefined && error.message !== "" && (
        <p>{texts.error.lastWords({ message: error.message })}</p>
      )}
      <p>{ours === undefined ? texts.error.seeLog : texts.error.silent}</p>
      <code className="font-mono text-sm text-muted">
        {error.code} · {at}
      </code>
    </div>
  );
}

/** Takes the error along, to somebody who can repair it. */
export function CopyError({ job, error }: { job: JobSummary; error: JobError }) {
  const { texts } = useTexts();
  const { error: copy, done, failed } = texts.copy;
  return (
    <div>
      <CopyButton text={errorText(job, error)} labels={{ copy, done, failed }} />
    </div>
  );
}

function errorText({ jobId, title, finishedAt, updatedAt }: JobSummary, error: JobError): string {
  const lines = [title, `${error.code}: ${error.message}`, `job ${jobId}, ${finishedAt ?? updatedAt}`];
  if (error.details !== undefined) lines.push(JSON.stringify(error.details, null, 2));
  return lines.join("\n");
}
