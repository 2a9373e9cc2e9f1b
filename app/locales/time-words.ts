import { defineTexts } from "./define-texts.ts";

/** The words around times; `time.ts` puts them together. */
export const timeWords = defineTexts({
  de: {
    today: "Heute",
    yesterday: "Gestern",
    minutesLong: "{duration} Min.",
    hoursLong: "{duration} Std.",
  },
  en: {
    today: "Today",
    yesterday: "Yesterday",
    minutesLong: "{duration} min",
    hoursLong: "{duration} h",
  },
});
