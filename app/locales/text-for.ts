/** The text for a key that comes from elsewhere, such as the code of an error; undefined where there is none. */
export function textFor(texts: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}
