import type { Cores } from "../measure/cores.ts";
import { type Cell, cells, nameOf } from "./cells.ts";
import type { Options } from "./options.ts";
import { type Pair, startVariants, type Variants } from "./variants.ts";

/** The pairs of a row that count, or all where none was calm; `dropped`: others worked on our cores, or the baseline was under 0.6 of its best. */
export type Row = { name: string; cell: Cell; pairs: Pair[]; isCalm: boolean; dropped: number };

const WARM_UP_SECONDS = 1;
/** The share of a core that somebody else may have had. */
const OTHERS = 0.25;
const DISTURBED = 0.6;
/** A disturbed pair is measured again, but not for ever. */
const TRIES_PER_PAIR = 3;

/** Callbacks per second of product, memory and bare write, interleaved A B C, C B A. */
export async function measureRates(options: Options, cores: Cores | undefined): Promise<Row[]> {
  await using variants = await startVariants(cores, options.profile);
  const rows: Row[] = [];
  for (const cell of cells.filter((one) => nameOf(one).includes(options.rows))) {
    rows.push(await measureRow(variants, cell, options));
    console.error(`  ${nameOf(cell)}: done`);
  }
  return rows;
}

async function measureRow(variants: Variants, cell: Cell, { pairs: wanted, seconds }: Options): Promise<Row> {
  await variants.turn(cell, WARM_UP_SECONDS, false);
  const all: Pair[] = [];
  while (calm(all).length < wanted && all.length < wanted * TRIES_PER_PAIR) {
    all.push(await variants.turn(cell, seconds, all.length % 2 === 1));
  }
  const pairs = calm(all);
  return {
    name: nameOf(cell),
    cell,
    pairs: pairs.length > 0 ? pairs : all,
    isCalm: pairs.length > 0,
    dropped: all.length - pairs.length,
  };
}

function calm(pairs: readonly Pair[]): Pair[] {
  const alone = pairs.filter((pair) =>
    [pair.product, pair.memory, pair.bare].every((run) => run.others < OTHERS),
  );
  const best = Math.max(...alone.map(({ memory }) => memory.perSecond));
  return alone.filter(({ memory }) => memory.perSecond >= best * DISTURBED);
}
