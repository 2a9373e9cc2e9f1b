import { RotateCw } from "lucide-react";
import { useState } from "react";
import { ApiError } from "#app/client/jobs-api.ts";
import { Button } from "#app/components/ui/button.tsx";
import type { JobDetail } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { fetchedFileText } from "#app/locales/secretary-notes.ts";
import { secretaryTexts } from "#app/locales/secretary.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { problemText } from "#app/panel/job/problem-text.ts";

/** Which files of the Secretary did not come, and why; „Erneut holen“ while nothing is on its way. */
export function FetchedFiles({ job, detail }: { job: JobSummary; detail: JobDetail }) {
  const { api, locale } = usePanel();
  const texts = secretaryTexts[locale];
  const [state, setState] = useState<"idle" | "sending" | ApiError>("idle");
  const missing = detail.files?.filter((file) => file.state === "missing" || file.state === "none") ?? [];
  if (missing.length === 0 || job.fetching !== undefined) return null;

  async function fetchAgain(): Promise<void> {
    setState("sending");
    try {
      await api.fetchAgain(job.jobId);
      setState("idle");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setState(error);
    }
  }

  return (
    <section aria-label={texts.files} className="grid grid-cols-1 justify-items-start gap-1.5 text-sm">
      <ul className="grid gap-0.5">
        {missing.map((file) => (
          <li key={file.name} className="text-muted">
            <bdi className="font-medium text-text">{file.kind === "result" ? texts.result : file.name}</bdi>
            {" · "}
            {fetchedFileText(file, locale)}
          </li>
        ))}
      </ul>
      <Button onClick={() => void fetchAgain()} disabled={state === "sending"}>
        <RotateCw size={14} aria-hidden />
        {texts.fetchAgain}
      </Button>
      {state instanceof ApiError && (
        <p role="alert" className="text-bad">
          {problemText(state, locale)}
        </p>
      )}
    </section>
  );
}
