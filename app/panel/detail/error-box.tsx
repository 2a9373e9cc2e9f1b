import { ChevronRight } from "lucide-react";
import { CopyButton } from "#app/components/ui/copy-button.tsx";
import type { JobError, JobSummary } from "#app/contract/job.ts";
import { words } from "#app/locales/words.ts";
import { textFor } from "#app/locales/text-for.ts";
import { formatSecond } from "#app/locales/time.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { type DetailTexts, useDetailTexts } from "./use-detail-texts.ts";

/** What went wrong, what to do, and small the code for whoever repairs it; what only they understand is folded. */
export function ErrorBox({ job, error }: { job: JobSummary; error: JobError }) {
  const { locale, timeZone } = usePanel();
  const texts = useDetailTexts();
  const ours = textFor(words[locale].error, error.code);
  const at = formatSecond(Date.parse(job.finishedAt ?? job.updatedAt), locale, timeZone);
  return (
    <div className="grid grid-cols-1 gap-1 rounded-lg bg-bad-soft px-3 py-2.5 wrap-anywhere forced-colors:outline">
      <p dir="auto" className="font-semibold whitespace-pre-wrap text-bad">
        {ours ?? error.message}
      </p>
      {ours !== undefined && error.message !== "" && (
        <p>{texts.error.lastWords({ message: error.message })}</p>
      )}
      <p>{whatToDo(error.code, texts.error)}</p>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <code className="font-mono text-sm text-muted">
          {error.code} · {at}
        </code>
        <CopyError job={job} error={error} />
      </div>
      {error.details !== undefined && (
        <details className="group">
          <summary className="-ml-1 inline-flex h-6 cursor-pointer items-center gap-1 rounded px-1 text-sm font-medium text-muted hover:text-text">
            <ChevronRight size={14} aria-hidden className="transition-transform group-open:rotate-90" />
            {texts.error.details}
          </summary>
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region needs the keyboard
            tabIndex={0}
            aria-label={texts.error.details}
            className="mt-1 max-h-48 overflow-auto font-mono text-sm leading-4.5 whitespace-pre-wrap"
          >
            {detailsText(error.details)}
          </pre>
        </details>
      )}
    </div>
  );
}

/** Takes the error along, to somebody who can repair it. */
function CopyError({ job, error }: { job: JobSummary; error: JobError }) {
  const texts = useDetailTexts();
  const labels = { copy: texts.error.copy, done: texts.copied, failed: texts.notCopied };
  return <CopyButton text={errorText(job, error)} labels={labels} />;
}

function whatToDo(code: string, { silent, filesLost, seeLog }: DetailTexts["error"]): string {
  if (code === "no_callback") return silent;
  return code === "archive_refused" ? filesLost : seeLog;
}

function errorText({ jobId, title, finishedAt, updatedAt }: JobSummary, error: JobError): string {
  const lines = [title, `${error.code}: ${error.message}`, `job ${jobId}, ${finishedAt ?? updatedAt}`];
  if (error.details !== undefined) lines.push(detailsText(error.details));
  return lines.join("\n");
}

/** Details as they are read: a traceback in its own lines, the rest as JSON. */
function detailsText(details: NonNullable<JobError["details"]>): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value, null, 2)}`)
    .join("\n");
}
