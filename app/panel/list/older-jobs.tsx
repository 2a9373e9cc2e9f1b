import { LoaderCircle } from "lucide-react";
import { useState } from "react";
import { QuietButton } from "#app/components/ui/button.tsx";
import { useTexts } from "#app/panel/panel-context.tsx";

export type OlderJobsProps = {
  /** Whether it is known yet how many there are. */
  isKnown: boolean;
  shown: number;
  total: number;
  hasOlder: boolean;
  /** Loads the next older page; a rejection is shown here, with the way to try again. */
  load: () => Promise<void>;
};

/** The foot of the list: how much of it is shown, and the way to more. */
export function OlderJobs({ isKnown, shown, total, hasOlder, load }: OlderJobsProps) {
  const { texts } = useTexts();
  const [progress, setProgress] = useState<"idle" | "loading" | "failed">("idle");

  function loadOlder(): void {
    setProgress("loading");
    load().then(
      () => setProgress("idle"),
      () => setProgress("failed"),
    );
  }

  return (
    <footer className="flex min-h-11 items-center gap-2 border-t border-line py-2 pr-4.5 pl-2 text-sm text-faint">
      {progress === "failed" && <span className="pl-2 text-bad">{texts.older.failed}</span>}
      {hasOlder && (
        <QuietButton onClick={loadOlder} disabled={progress === "loading"}>
          {progress === "loading" && <LoaderCircle size={14} aria-hidden className="animate-spin" />}
          {{ idle: texts.older.load, loading: texts.older.loading, failed: texts.retry }[progress]}
        </QuietButton>
      )}
      <span className="ml-auto shrink-0 tabular-nums">
        {isKnown && (hasOlder ? texts.older.count({ shown, total }) : texts.older.all({ total: shown }))}
      </span>
    </footer>
  );
}
