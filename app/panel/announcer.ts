import type { JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import type { Locale } from "#app/locales/locale.ts";
import { isUrgent, mergeNews, type News, newsOf } from "./news.ts";
import { sentenceOf } from "./sentence.ts";
import type { Sentence } from "./voice.tsx";

/** At most one sentence in this time (monitors: accessibility). */
const PAUSE_MS = 5_000;

export type Announcer = {
  /** Takes an event of the stream. */
  hear(event: StreamEvent): void;
  stop(): void;
};

export type AnnouncerOptions = {
  /** Those already on the screen. */
  jobs: readonly JobSummary[];
  /** Which job may speak of its progress. */
  isOpen: (jobId: string) => boolean;
  locale: Locale;
  say: (sentence: Sentence) => void;
};

/**
 * Turns the stream into a few words: the first news is said at once, what comes within the next 5 s is merged and
 * said together.
 */
export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const known = new Map(options.jobs.map((job) => [job.jobId, job]));
  let waiting: News[] = [];
  let pause: ReturnType<typeof setTimeout> | undefined;

  function speak(): void {
    pause = undefined;
    if (waiting.length === 0) return;
    const running = [...known.values()].filter(({ status }) => status === "running").length;
    options.say({
      text: sentenceOf(waiting, running, options.locale),
      isUrgent: waiting.some(isUrgent),
    });
    waiting = [];
    pause = setTimeout(speak, PAUSE_MS);
  }

  return {
    hear(event) {
      if (event.event === "job_removed") known.delete(event.data.jobId);
      if (event.event !== "job_update") return;
      const job = event.data;
      const before = known.get(job.jobId);
      if (before !== undefined && before.revision >= job.revision) return;
      known.set(job.jobId, job);
      const news = newsOf(before, job, options.isOpen(job.jobId));
      if (news === undefined) return;
      waiting = mergeNews(waiting, news);
      if (pause === undefined) speak();
    },
    stop: () => clearTimeout(pause),
  };
}
