import MessageFormat from "@messageformat/core";
import { LOCALES, type Locale } from "./locale.ts";
import type { SameTexts, Texts, TextTree } from "./text-types.ts";

/** Shared by all copies of this module: the build has its own. */
const SOURCE = Symbol.for("jobmon:texts");

/**
 * Texts in both languages, written in ICU MessageFormat. A text without values is a string, one with values a function
 * of them: `{name}` takes a string, `{count, number}` and `{count, plural, one{…} other{# …}}` a number, which `Intl`
 * writes. The keys and values of the English texts must be those of the German ones, otherwise it is a type error.
 * What is built holds the texts compiled (`scripts/build/compile-texts.ts`); from source each is compiled when first read.
 */
export function defineTexts<const German extends TextTree, const English extends TextTree>(texts: {
  de: German;
  en: English & SameTexts<German, English>;
}): Record<Locale, Texts<German>> {
  const { de, en } = texts;
  const defined = Object.fromEntries(
    LOCALES.map((locale) => [locale, compileWhenRead({ de, en }[locale], new MessageFormat(locale))]),
  ) as Record<Locale, Texts<German>>;
  return Object.defineProperty(defined, SOURCE, { value: { de, en } });
}

/** The texts as they were written; undefined for what does not come from `defineTexts`. */
export function sourceOf(texts: {
  [SOURCE]?: Record<Locale, TextTree>;
}): Record<Locale, TextTree> | undefined {
  return texts[SOURCE];
}

/** Whether a text has values to fill in. */
export const hasValues = (text: string): boolean => text.includes("{");

function compileWhenRead(tree: TextTree, format: MessageFormat): object {
  const texts = {};
  for (const [key, text] of Object.entries(tree)) {
    let compiled: unknown;
    const read = () =>
      (compiled ??= typeof text === "string" ? compile(text, format) : compileWhenRead(text, format));
    Object.defineProperty(texts, key, { get: read, enumerable: true });
  }
  return texts;
}

function compile(text: string, format: MessageFormat): unknown {
  const compiled = format.compile(text);
  return hasValues(text) ? compiled : compiled({});
}
