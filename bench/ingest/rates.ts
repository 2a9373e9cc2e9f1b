import { join } from "node:path";
import { z } from "zod";
import { startChild } from "../measure/child.ts";
import type { Cores } from "../measure/cores.ts";
import { type Cell, cells, nameOf, spread } from "./cells.ts";
import type { Options } from "./options.ts";
import { type Run, runLoad } from "./run-load.ts";
import { createDataFolder, type Server, startServer } from "./servers.ts";

const bareSchema = z.object({ perSecond: z.number(), p50: z.number() });
type Bare = z.infer<typeof bareSchema>;

/** One turn of all three variants, as near to each other in time as can be. */
export type Pair = { product: Run; memory: Run; bare: Bare };

/** All pairs of a row; `dropped`: the baseline was disturbed, it took less than 0.6 of its best. */
export type Row = { name: string; cell: Cell; pairs: Pair[]; dropped: number };

const DISTURBED = 0.6;
const WARM_UP_SECONDS = 1;
const BARE_JOBS = 160;

/** Callbacks per second of product, memory and bare write, interleaved A B C, C B A. */
export async function measureRates(options: Options, cores: Cores | undefined): Promise<Row[]> {
  const core = cores?.server;
  await using product = await startServer("product", { core, profile: options.profile });
  await using memory = await startServer("memory", { core });
  const folder = createDataFolder();
  const bare = startChild([join(import.meta.dirname, "bare-writes.ts"), folder.path], { core });
  await bare.waitFor(/ready/);

  async function over(server: Server, cell: Cell, seconds: number): Promise<Run> {
    const load = await spread(server.url, cell, seconds);
    return runLoad({ ...cell, ...load, seconds, serverPid: server.pid });
  }
  async function turn(cell: Cell, seconds: number, isReversed: boolean): Promise<Pair> {
    const bareRun = async (): Promise<Bare> => {
      const jobs = cell.jobs === "same" ? 1 : BARE_JOBS;
      return bareSchema.parse(await bare.ask({ jobs, inFlight: cell.inFlight, seconds }));
    };
    if (isReversed) {
      const [b, m] = [await bareRun(), await over(memory, cell, seconds)];
      return { bare: b, memory: m, product: await over(product, cell, seconds) };
    }
    const [p, m] = [await over(product, cell, seconds), await over(memory, cell, seconds)];
    return { product: p, memory: m, bare: await bareRun() };
  }

  try {
    const rows: Row[] = [];
    for (const cell of cells.filter((one) => nameOf(one).includes(options.rows))) {
      await turn(cell, WARM_UP_SECONDS, false);
      const pairs: Pair[] = [];
      for (let n = 0; n < options.pairs; n++) pairs.push(await turn(cell, options.seconds, n % 2 === 1));
      rows.push(withoutDisturbed(cell, pairs));
      console.error(`  ${nameOf(cell)}: done`);
    }
    return rows;
  } finally {
    await bare.stop();
    folder.remove();
  }
}

function withoutDisturbed(cell: Cell, pairs: Pair[]): Row {
  const best = Math.max(...pairs.map(({ memory }) => memory.perSecond));
  const calm = pairs.filter(({ memory }) => memory.perSecond >= best * DISTURBED);
  return { name: nameOf(cell), cell, pairs: calm, dropped: pairs.length - calm.length };
}
