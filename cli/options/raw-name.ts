/** The name the parser keeps an option under: `--data-dir <folder>` → `dataDir`, `--no-open` → `open`. */
export function rawName(flags: string): string {
  const [, name = ""] = /--(?:no-)?([\w-]+)/.exec(flags) ?? [];
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
