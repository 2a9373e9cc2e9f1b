import { expect, test } from "vitest";
import { pickLocale } from "./locale.ts";

test.each([
  ["en-GB,en;q=0.9,de;q=0.8", "en"],
  ["de;q=0.2, en;q=0.7", "en"],
  ["fr-FR, fr;q=0.9, en;q=0.5", "en"],
  ["DE-at", "de"],
  ["en_US", "en"],
  ["en;q=0", "de"],
  ["den, enm", "de"],
  ["fr, *", "de"],
  ["", "de"],
  [null, "de"],
])("Who asks for %j gets %s", (preferences, locale) => {
  expect(pickLocale(preferences)).toBe(locale);
});
