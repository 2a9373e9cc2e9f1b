import { join } from "node:path";
import { z } from "zod";
import { startChild } from "../measure/child.ts";
import type { Cores } from "../measure/cores.ts";
import { watchOthers } from "../measure/watch-others.ts";
import { type Cell, spread } from "./cells.ts";
import { type Run, runLoad } from "./run-load.ts";
import { createDataFolder, type Server, startServer } from "./servers.ts";

const bareSchema = z.object({ perSecond: z.number(), p50: z.number() });
type Bare = z.infer<typeof bareSchema> & Pick<Run, "others">;

/** One run of each variant, as near to each other in time as can be. */
export type Pair = { product: Run; memory: Run; bare: Bare };

/** Product, (a) the server that answers from memory and (b) the bare write, all started; one of them runs at a time. */
export type Variants = {
  /** Product, memory, bare; or the other way round. */
  turn(cell: Cell, seconds: number, isReversed: boolean): Promise<Pair>;
} & AsyncDisposable;

const BARE_JOBS = 160;

export async function startVariants(cores: Cores | undefined, profile: boolean): Promise<Variants> {
  await using starting = new AsyncDisposableStack();
  const core = cores?.server;
  const product = starting.use(await startServer("product", { core, profile }));
  const memory = starting.use(await startServer("memory", { core }));
  const folder = createDataFolder();
  starting.defer(() => folder.remove());
  const bare = startChild([join(import.meta.dirname, "bare-writes.ts"), folder.path], { core });
  starting.defer(() => bare.stop());
  await bare.waitFor(/ready/);

  async function over(server: Server, cell: Cell, seconds: number): Promise<Run> {
    const load = await spread(server.url, cell, seconds);
    return runLoad({ ...cell, ...load, seconds, serverPid: server.pid, cores });
  }
  async function overBare({ jobs, inFlight }: Cell, seconds: number): Promise<Bare> {
    const seen = watchOthers(cores, bare.pid);
    const answer = await bare.ask({ jobs: jobs === "same" ? 1 : BARE_JOBS, inFlight, seconds });
    return { ...bareSchema.parse(answer), others: seen() };
  }

  const started = starting.move();
  return {
    async turn(cell, seconds, isReversed) {
      if (isReversed) {
        const [b, m] = [await overBare(cell, seconds), await over(memory, cell, seconds)];
        return { bare: b, memory: m, product: await over(product, cell, seconds) };
      }
      const [p, m] = [await over(product, cell, seconds), await over(memory, cell, seconds)];
      return { product: p, memory: m, bare: await overBare(cell, seconds) };
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
