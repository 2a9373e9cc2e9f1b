import { CopyButton } from "#app/components/ui/copy-button.tsx";
import type { JobDetail } from "#app/contract/http.ts";
import { calendarDay, formatDay, formatSecond } from "#app/locales/time.ts";
import { useNow, usePanel } from "#app/panel/panel-context.tsx";
import { useDetailTexts } from "./use-detail-texts.ts";

/** Small what somebody needs who looks for the job elsewhere: when, of what kind, under which names. */
export function JobFacts({ detail }: { detail: JobDetail }) {
  const texts = useDetailTexts();
  const { createdAt, startedAt, finishedAt, kind, jobId, processId, correlation } = detail;
  const names = { kind, correlation, processId };
  return (
    <dl
      aria-label={texts.page.facts}
      className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 border-t border-line pt-4 text-sm"
    >
      <Instant name="created" at={createdAt} />
      {startedAt !== undefined && <Instant name="started" at={startedAt} />}
      {finishedAt !== undefined && <Instant name="finished" at={finishedAt} />}
      {(["kind", "correlation", "processId"] as const).map((name) => {
        const value = names[name];
        return value === undefined ? null : <Fact key={name} name={name} value={value} />;
      })}
      <Fact name="jobId" value={jobId} isCopied />
    </dl>
  );
}

type FactName = "created" | "started" | "finished" | "kind" | "correlation" | "processId" | "jobId";

function Fact({ name, value, isCopied = false }: { name: FactName; value: string; isCopied?: boolean }) {
  const { facts, copied, notCopied } = useDetailTexts();
  return (
    <>
      <dt className="leading-6 text-faint">{facts[name]}</dt>
      <dd className="flex min-w-0 items-center gap-1 leading-6 text-muted">
        <bdi className={`min-w-0 wrap-anywhere ${name === "kind" ? "" : "font-mono"}`}>{value}</bdi>
        {isCopied && (
          <CopyButton
            text={value}
            labels={{ copy: facts.copy, done: copied, failed: notCopied }}
            look="grid size-6 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-text"
          />
        )}
      </dd>
    </>
  );
}

function Instant({ name, at }: { name: FactName; at: string }) {
  const { locale, timeZone } = usePanel();
  const { facts } = useDetailTexts();
  const instant = Date.parse(at);
  const day = useNow((now) => formatDay(calendarDay(instant, timeZone), calendarDay(now, timeZone), locale));
  return (
    <>
      <dt className="leading-6 text-faint">{facts[name]}</dt>
      <dd className="leading-6 text-muted tabular-nums">
        <time dateTime={at}>
          {day}, {formatSecond(instant, locale, timeZone)}
        </time>
      </dd>
    </>
  );
}
