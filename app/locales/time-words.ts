import { defineTexts } from "./define-texts.ts";

/** The words around times; `time.ts` puts them together. */
export const timeWords = defineTexts({
  de: {
    now: "jetzt",
    ago: "vor {span}",
    today: "Heute",
    yesterday: "Gestern",
    seconds: "{count, number} s",
    minutes: "{count, number} Min.",
    hours: "{count, number} Std.",
    minutesLong: "{duration} Min.",
    hoursLong: "{duration} Std.",
  },
  en: {
    now: "now",
    ago: "{span} ago",
    today: "Today",
    yesterday: "Yesterday",
    seconds: "{count, number} s",
    minutes: "{count, number} min",
    hours: "{count, number} h",
    minutesLong: "{duration} min",
    hoursLong: "{duration} h",
  },
});
