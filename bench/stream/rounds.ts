import { type Variant, VARIANTS } from "./variants.ts";

/** One run of each variant, as near to each other in time as can be. */
export type Round<T> = Record<Variant, T>;

const DISTURBED = 0.6;
/** A disturbed round is measured again, but not for ever. */
const TRIES_PER_ROUND = 2;

/** Rounds A B C D, D C B A until so many were calm: those in which raw was no slower than 0.6 of its best. */
export async function measureRounds<T>(options: {
  count: number;
  measure: (variant: Variant) => Promise<T>;
  speedOf: (run: T) => number;
}): Promise<{ rounds: Round<T>[]; dropped: number }> {
  const { count, measure, speedOf } = options;
  const all: Round<T>[] = [];

  function calm(): Round<T>[] {
    const best = Math.max(...all.map(({ raw }) => speedOf(raw)));
    return all.filter(({ raw }) => speedOf(raw) >= best * DISTURBED);
  }

  while (calm().length < count && all.length < count * TRIES_PER_ROUND) {
    const round: Partial<Round<T>> = {};
    const order = all.length % 2 === 0 ? VARIANTS : VARIANTS.toReversed();
    for (const variant of order) round[variant] = await measure(variant);
    all.push(complete(round));
    console.error(`  round ${all.length}: done`);
  }
  const rounds = calm();
  return { rounds, dropped: all.length - rounds.length };
}

function complete<T>({ product, raw, "better-sse": betterSse, loader }: Partial<Round<T>>): Round<T> {
  if (product === undefined || raw === undefined || betterSse === undefined || loader === undefined)
    throw new Error("void: a variant was not measured");
  return { product, raw, "better-sse": betterSse, loader };
}
