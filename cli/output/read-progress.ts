/** `42%`, `42.5 %`, and what tqdm, pytest or rsync make of it; no `50%off`, no part of a larger number. */
const PERCENT = /(?<![\w.,/-])(\d{1,3}(?:[.,]\d+)?) ?%(?!\w)/;
/** `3/12`, `[3/12]`, `Step 3/12:`; no date, no path. */
const COUNT = /(?<![\w./-])(\d{1,9})\/(\d{1,9})(?![\w/-]|\.\d)/;
/** What a line of the progress file or an argument may be: a percent or a count, then a message. */
const STATED = /^(\d{1,9}(?:\.\d{1,9})?)(?: ?%| ?\/ ?(\d{1,9}))?(?:\s(.*))?$/;

/** The percent that a line of output speaks of, 0–100; undefined where it speaks of none. */
export function readProgress(line: string): number | undefined {
  return readPercent(line) ?? readCount(line);
}

/** Only a percent: for a line that is not over yet, where `1/1` may become `1/12`. */
export function readPercent(line: string): number | undefined {
  const [, percent = ""] = PERCENT.exec(line) ?? [];
  return percent === "" ? undefined : upToHundred(Number(percent.replace(",", ".")));
}

function readCount(line: string): number | undefined {
  const [, current, total] = COUNT.exec(line) ?? [];
  return current === undefined ? undefined : percentOf(Number(current), Number(total));
}

export type StatedProgress = { progress: number; message?: string };

/** `42`, `42%` or `3/12`, with or without a message behind it; undefined where it is neither. */
export function parseProgress(text: string): StatedProgress | undefined {
  const [, first, total, rest = ""] = STATED.exec(text.trim()) ?? [];
  const message = rest.trim() || undefined;
  if (first === undefined) return undefined;
  const progress = total === undefined ? upToHundred(Number(first)) : percentOf(Number(first), Number(total));
  return progress === undefined ? undefined : { progress, ...(message === undefined ? {} : { message }) };
}

function percentOf(current: number, total: number): number | undefined {
  return total > 0 ? upToHundred(Math.round((10_000 * current) / total) / 100) : undefined;
}

function upToHundred(percent: number): number | undefined {
  return percent <= 100 ? percent : undefined;
}
