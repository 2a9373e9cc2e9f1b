import type { Connection } from "#app/client/connection.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { announcements } from "#app/locales/announcements.ts";
import type { Locale } from "#app/locales/locale.ts";
import { isUrgent, mergeNews, type News, newsOf } from "./news.ts";
import { type ConnectionNews, watchConnection } from "./news-of-connection.ts";
import { sentenceOf } from "./sentence.ts";
import type { Sentence } from "./voice.tsx";

/** At most one sentence in this time (monitors: accessibility). */
const PAUSE_MS = 5_000;

export type Announcer = {
  /** Takes an event of the stream, or what has become of the connection. */
  hear(event: StreamEvent | Connection): void;
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
 * said together. Of the connection is said what has lasted.
 */
export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const known = new Map(options.jobs.map((job) => [job.jobId, job]));
  let waiting: News[] = [];
  let ofConnection: ConnectionNews | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const connection = watchConnection((news) => {
    ofConnection = news;
    if (pause === undefined) speak();
  });

  function speak(): void {
    pause = undefined;
    if (waiting.length === 0 && ofConnection === undefined) return;
    const running = [...known.values()].filter(({ status }) => status === "running").length;
    const parts = [
      ...(ofConnection === undefined ? [] : [announcements[options.locale].connection[ofConnection]]),
      ...(waiting.length === 0 ? [] : [sentenceOf(waiting, running, options.locale)]),
    ];
    options.say({ text: parts.join(". "), isUrgent: waiting.some(isUrgent) });
    waiting = [];
    ofConnection = undefined;
    pause = setTimeout(speak, PAUSE_MS);
  }

  return {
    hear(event) {
      if ("state" in event) return connection.hear(event);
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
    stop() {
      clearTimeout(pause);
      connection.stop();
    },
  };
}
