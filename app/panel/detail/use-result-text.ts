import { useState } from "react";
import type { JobDetail } from "#app/contract/http.ts";
import { usePanel } from "#app/panel/panel-context.tsx";

/** The text of a result; one that is too large to come with the detail is loaded when somebody wants to read it. */
export type ResultTextState = { text: string } | "loading" | "failed";

export function useResultText({ jobId, result, resultFile }: JobDetail) {
  const { api } = usePanel();
  const [isOpen, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<ResultTextState>();
  const state: ResultTextState = result === undefined ? (loaded ?? "loading") : { text: result.text ?? "" };

  function load(): void {
    setLoaded("loading");
    api.result(jobId).then(
      ({ text = "" }) => setLoaded({ text }),
      () => setLoaded("failed"),
    );
  }

  return {
    canShow: resultFile !== undefined && (result === undefined || (result.text ?? "") !== ""),
    isOpen,
    state,
    load,
    toggle() {
      if (!isOpen && result === undefined && loaded === undefined) load();
      setOpen(!isOpen);
    },
  };
}
