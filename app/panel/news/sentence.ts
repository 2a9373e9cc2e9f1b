import type { JobStatus } from "#app/contract/job-status.ts";
import { announcements } from "#app/locales/announcements.ts";
import type { Locale } from "#app/locales/locale.ts";
import { words } from "#app/locales/words.ts";
import { isUrgent, type News } from "./news.ts";

/**
 * One sentence for all that is new: a single piece by name, several as counts („3 Jobs laufen, 1 abgeschlossen“); what is
 * urgent comes first, by name in either case.
 */
export function sentenceOf(news: readonly News[], running: number, locale: Locale): string {
  const texts = announcements[locale];
  const byName = news.length === 1 ? news : news.filter(isUrgent);
  const named = byName.map((piece) => texts.one({ title: piece.title, news: describe(piece, locale) }));
  if (news.length === 1) return named.join();
  const counted = news.filter((piece) => !isUrgent(piece));
  const ended = (status: JobStatus): number =>
    counted.filter((piece) => piece.kind === "ended" && piece.status === status).length;
  const parts = [
    ...named,
    running > 0 && texts.running({ count: running }),
    ended("completed") > 0 && texts.completed({ count: ended("completed") }),
    ended("failed") > 0 && texts.failed({ count: ended("failed") }),
    ended("canceled") > 0 && texts.canceled({ count: ended("canceled") }),
  ];
  return parts.filter((part) => part !== false).join(", ");
}

function describe(news: News, locale: Locale): string {
  const { status } = words[locale];
  switch (news.kind) {
    case "started":
      return status.running;
    case "ended":
      return status[news.status];
    case "quarter":
      return announcements[locale].progress({ percent: news.percent });
  }
}
