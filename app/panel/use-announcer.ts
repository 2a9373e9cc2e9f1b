import { useStore } from "jotai";
import { useCallback, useEffect, useRef, useState } from "react";
import type { JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { type Announcer, createAnnouncer } from "./announcer.ts";
import { usePanel } from "./panel-context.tsx";
import { isUrgent } from "./news.ts";
import { openJobAtom, pageJobAtom } from "./panel-state.ts";
import { sentenceOf } from "./sentence.ts";
import { type Sentence, SILENCE } from "./voice.tsx";

/** What the panel's voice is to say, and where the stream's events go. */
export function useAnnouncer(jobs: readonly JobSummary[]): {
  sentence: Sentence;
  hear: (event: StreamEvent) => void;
} {
  const { locale } = usePanel();
  const store = useStore();
  const [sentence, setSentence] = useState(SILENCE);
  const announcer = useRef<Announcer>(undefined);

  useEffect(() => {
    announcer.current = createAnnouncer({
      jobs,
      isOpen: (jobId) => [store.get(openJobAtom), store.get(pageJobAtom)].includes(jobId),
      say: (news, running) =>
        setSentence({ text: sentenceOf(news, running, locale), isUrgent: news.some(isUrgent) }),
    });
    return () => announcer.current?.stop();
  }, [jobs, locale, store]);

  const hear = useCallback((event: StreamEvent) => announcer.current?.hear(event), []);
  return { sentence, hear };
}
