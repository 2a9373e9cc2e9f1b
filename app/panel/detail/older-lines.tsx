import { useDetailTexts } from "./use-detail-texts.ts";

export type OlderLinesProps = {
  state: "idle" | "loading" | "failed";
  hasOlder: boolean;
  /** How many lines before the first one are not kept any more. */
  dropped: number;
  load: () => void;
};

/** What stands before the first line: the way to older ones, that they are on their way, or that they are gone. */
export function OlderLines({ state, hasOlder, dropped, load }: OlderLinesProps) {
  const { log, retry } = useDetailTexts();
  if (state === "loading") return <p className="px-2.5 font-sans text-faint">{log.loadingOlder}</p>;
  if (!hasOlder)
    return dropped === 0 ? null : (
      <p className="px-2.5 font-sans text-faint">{log.dropped({ count: dropped })}</p>
    );
  return (
    <p className="flex min-h-6 flex-wrap items-center gap-x-2 px-2.5 font-sans">
      {state === "failed" && <span className="text-bad">{log.olderFailed}</span>}
      <button
        type="button"
        onClick={load}
        className="min-h-6 font-medium text-muted underline hover:text-text"
      >
        {state === "failed" ? retry : log.older}
      </button>
    </p>
  );
}
