import { expect, test } from "vitest";
import { defineTexts } from "./define-texts.ts";

test("A text without values is a string, one with values a function of them", () => {
  const texts = defineTexts({
    de: { close: "Schließen", day: { of: "{day} von {total, number}" } },
    en: { close: "Close", day: { of: "{day} of {total, number}" } },
  });
  expect(texts.de.close).toBe("Schließen");
  expect(texts.en.day.of({ day: "Monday", total: 12_480 })).toBe("Monday of 12,480");
  expect(texts.de.day.of({ day: "Montag", total: 12_480 })).toBe("Montag von 12.480");
});

test("Plurals follow the language, their numbers are written by Intl", () => {
  const { de, en } = defineTexts({
    de: { jobs: "{count, plural, one{1 Job} other{# Jobs}}" },
    en: { jobs: "{count, plural, one{1 job} other{# jobs}}" },
  });
  expect([0, 1, 1200].map((count) => de.jobs({ count }))).toEqual(["0 Jobs", "1 Job", "1.200 Jobs"]);
  expect([0, 1, 1200].map((count) => en.jobs({ count }))).toEqual(["0 jobs", "1 job", "1,200 jobs"]);
});

test("Keys and values that differ between the languages are type errors", () => {
  // @ts-expect-error the English text is missing
  defineTexts({ de: { close: "Schließen" }, en: {} });
  // @ts-expect-error the German text is missing
  defineTexts({ de: {}, en: { close: "Close" } });
  // @ts-expect-error the English text wants a value that nobody gives
  defineTexts({ de: { jobs: "{count, number} Jobs" }, en: { jobs: "{total, number} jobs" } });
  // @ts-expect-error the English text is no function of values
  defineTexts({ de: { jobs: "{count, number} Jobs" }, en: { jobs: "jobs" } });
  // @ts-expect-error a nested text is missing
  defineTexts({ de: { log: { title: "Protokoll" } }, en: { log: {} } });

  const { de } = defineTexts({ de: { jobs: "{count, number} Jobs" }, en: { jobs: "{count, number} jobs" } });
  // @ts-expect-error a number is no string
  expect(() => de.jobs({ count: "1" })).not.toThrow();
  // @ts-expect-error there is no such text
  expect(de.close).toBeUndefined();
});
