import { useStore } from "jotai";
import { useCallback, useEffect, useRef, useState } from "react";
import type { JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { type Announcer, createAnnouncer } from "./announcer.ts";
import { usePanel } from "./panel-context.tsx";
import { openJobAtom } from "./panel-state.ts";
import { sentenceOf } from "./sentence.ts";

/** The panel's one voice: the sentence to put into a live region, and where the stream's events go. */
export function useAnnouncer(jobs: readonly JobSummary[]): {
  sentence: string;
  hear: (event: StreamEvent) => void;
} {
  const { locale } = usePanel();
  const store = useStore();
  const [sentence, setSentence] = useState("");
  const announcer = useRef<Announcer>(undefined);

  useEffect(() => {
    announcer.current = createAnnouncer({
      jobs,
      isOpen: (jobId) => store.get(openJobAtom) === jobId,
      say: (news, running) => setSentence(sentenceOf(news, running, locale)),
    });
    return () => announcer.current?.stop();
  }, [jobs, locale, store]);

  const hear = useCallback((event: StreamEvent) => announcer.current?.hear(event), []);
  return { sentence, hear };
}
