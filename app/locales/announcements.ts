import type { Localized } from "./locale.ts";

type Announcements = {
  /** One job, in one sentence. */
  one: (title: string, news: string) => string;
  progress: (percent: number) => string;
  /** Several at once; the parts are joined by commas. */
  running: (count: number) => string;
  completed: (count: number) => string;
  failed: (count: number) => string;
  canceled: (count: number) => string;
};

/** What a screen reader is told while the panel moves. */
export const announcements: Localized<Announcements> = {
  de: {
    one: (title, news) => `${title}: ${news}`,
    progress: (percent) => `${percent} Prozent`,
    running: (count) => (count === 1 ? "1 Job läuft" : `${count} Jobs laufen`),
    completed: (count) => `${count} abgeschlossen`,
    failed: (count) => `${count} fehlgeschlagen`,
    canceled: (count) => `${count} abgebrochen`,
  },
  en: {
    one: (title, news) => `${title}: ${news}`,
    progress: (percent) => `${percent} percent`,
    running: (count) => (count === 1 ? "1 job running" : `${count} jobs running`),
    completed: (count) => `${count} completed`,
    failed: (count) => `${count} failed`,
    canceled: (count) => `${count} canceled`,
  },
};
