import { useStore } from "jotai";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Connection } from "#app/client/connection.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import type { Announcer } from "./announcer.ts";
import { announcerOnDemand } from "./announcer-on-demand.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { openJobAtom, pageJobAtom } from "#app/panel/panel-state.ts";
import { type Sentence, SILENCE } from "./voice.tsx";

/** What the panel's voice is to say, and where the stream's events and the state of the connection go. */
export function useAnnouncer(jobs: readonly JobSummary[]): {
  sentence: Sentence;
  hear: (event: StreamEvent | Connection) => void;
} {
  const { locale } = usePanel();
  const store = useStore();
  const [sentence, setSentence] = useState(SILENCE);
  const announcer = useRef<Announcer>(undefined);

  useEffect(() => {
    announcer.current = announcerOnDemand({
      jobs,
      isOpen: (jobId) => [store.get(openJobAtom), store.get(pageJobAtom)].includes(jobId),
      locale,
      say: setSentence,
    });
    return () => announcer.current?.stop();
  }, [jobs, locale, store]);

  const hear = useCallback((event: StreamEvent | Connection) => announcer.current?.hear(event), []);
  return { sentence, hear };
}
