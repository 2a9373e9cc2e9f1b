import { Square } from "lucide-react";
import { useState } from "react";
import { ApiError } from "#app/client/jobs-api.ts";
import { Button } from "#app/components/ui/button.tsx";
import type { JobSummary } from "#app/contract/job.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { problemText } from "#app/panel/job/problem-text.ts";
import { useDetailTexts } from "./use-detail-texts.ts";

/** Asks a job to stop. What becomes of it is told by the job itself: „Abbruch angefragt“, then its end. */
export function CancelJob({ job: { jobId, cancelRequested } }: { job: JobSummary }) {
  const { api, locale } = usePanel();
  const texts = useDetailTexts().cancel;
  const [state, setState] = useState<"idle" | "sending" | "sent" | ApiError>("idle");

  async function cancel(): Promise<void> {
    setState("sending");
    try {
      await api.cancel(jobId);
      setState("sent");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setState(error);
    }
  }

  if (cancelRequested || state === "sent")
    return (
      <output className="block w-full text-sm text-muted">
        <span className="font-medium text-text">{texts.asked}.</span> {texts.hint}
      </output>
    );
  return (
    <>
      <Button onClick={() => void cancel()} disabled={state === "sending"}>
        <Square size={14} aria-hidden />
        {state === "sending" ? texts.sending : texts.do}
      </Button>
      {state instanceof ApiError && (
        <p role="alert" className="order-last w-full text-sm text-bad">
          {problemText(state, locale)}
        </p>
      )}
    </>
  );
}
