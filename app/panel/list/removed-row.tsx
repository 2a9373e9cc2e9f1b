import { Trash2, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "#app/components/ui/button.tsx";
import type { JobSummary } from "#app/contract/job.ts";
import { rowTexts } from "#app/locales/job-row.ts";
import { problemText } from "#app/panel/job/problem-text.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { cutTitle } from "#app/panel/job/cut-title.ts";
import { rowButtonId } from "./row-button-id.ts";
import type { Removal } from "./removals.ts";
import { useRemovals } from "./use-removal.ts";

/** A row that is being removed: what was done and the way back; nothing once it is on its way. */
export function RemovedRow({ job, removal }: { job: JobSummary; removal: Removal }) {
  const { locale } = usePanel();
  const removals = useRemovals();
  const texts = rowTexts[locale].remove;
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (removal.state !== "sent") takeFocus(back.current);
  }, [removal.state]);
  useEffect(() => () => takeFocus(document.getElementById(rowButtonId(job.jobId))), [job.jobId]);
  if (removal.state === "sent") return null;
  const hasFailed = removal.state === "failed";
  const Icon = hasFailed ? TriangleAlert : Trash2;
  const [head, tail] = cutTitle(job.title);
  return (
    <div className="grid min-h-14 animate-appear grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-2.5 rounded-[10px] bg-raised py-2 pr-2.5 pl-2">
      <Icon size={18} aria-hidden className={hasFailed ? "text-bad" : "text-faint"} />
      <p
        role={hasFailed ? "alert" : undefined}
        className={`text-sm ${hasFailed ? "text-bad" : "text-muted"}`}
      >
        {hasFailed ? (
          `${texts.failed} ${problemText(removal.error, locale)}`
        ) : (
          <bdi className="line-clamp-2 wrap-anywhere">{texts.done({ title: shorten(head, tail) })}</bdi>
        )}
      </p>
      <Button ref={back} onClick={() => removals.undo(job.jobId)}>
        {hasFailed ? texts.dismiss : texts.undo}
      </Button>
    </div>
  );
}

/** What had the focus is gone, and it would be nowhere: here it goes on. A reader who has it elsewhere keeps it. */
function takeFocus(element: HTMLElement | null): void {
  if (document.activeElement === document.body) element?.focus({ preventScroll: true });
}

const LONGEST = 60;

function shorten(head: string, tail: string): string {
  return head.length + tail.length <= LONGEST
    ? head + tail
    : `${head.slice(0, LONGEST - tail.length)}…${tail}`;
}
