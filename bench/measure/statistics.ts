/** The value below which this share (0 to 1) of all lies; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return (
    (quantile(values, 0.5) +
      quantile(
        [...values].map((value) => -value),
        0.5,
      ) *
        -1) /
    2
  );
}

/** A measured quantity over several pairs. */
export type Spread = { median: number; min: number; max: number };

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** `0.83 (0.79–0.91)` */
export function formatSpread({ median: middle, min, max }: Spread, digits: number): string {
  const [a, b, c] = [middle, min, max].map((value) => value.toFixed(digits));
  return `${a} (${b}–${c})`;
}
