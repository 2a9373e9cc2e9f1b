import { join } from "node:path";
import { createDataFolder } from "../ingest/servers.ts";
import { type Child, startChild } from "../measure/child.ts";
import { cpuSchema, memorySchema, type Order } from "./take-orders.ts";

const project = join(import.meta.dirname, "../..");
const build = join(project, "build/bench/users-server/server/index.js");
const profiles = join(project, "bench/results/profiles");

export const VARIANTS = ["product", "raw", "better-sse", "loader"] as const;
export type Variant = (typeof VARIANTS)[number];

/** A server process that takes orders. */
export type StreamServer = {
  url: string;
  pid: number;
  order(order: Order): Promise<unknown>;
  /** Processor time it has used, in microseconds. */
  cpuUs(): Promise<number>;
  /** Resident bytes after garbage was collected. */
  memory(): Promise<number>;
} & AsyncDisposable;

/** Starts one variant on a core of its own; the product with a data folder that goes with it. */
export async function startVariant(
  variant: Variant,
  { core, profile = false }: { core: string | undefined; profile?: boolean },
): Promise<StreamServer> {
  const folder = createDataFolder();
  const here = (file: string): string => join(import.meta.dirname, file);
  const program =
    variant === "product"
      ? [here("serve-product.ts"), build, folder.path]
      : [here("baselines/serve.ts"), variant];
  const profiling = profile
    ? ["--cpu-prof", `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${variant}-${Date.now()}.cpuprofile`]
    : [];
  const child: Child = startChild(["--expose-gc", ...profiling, ...program], { core });
  const [, url = ""] = await child.waitFor(/^jobmon listening on (http:\/\/\S+)\n/m);
  return {
    url,
    pid: child.pid,
    order: (order) => child.ask(order),
    cpuUs: async () => cpuSchema.parse(await child.ask({ kind: "cpu" } satisfies Order)).cpuUs,
    memory: async () => memorySchema.parse(await child.ask({ kind: "memory" } satisfies Order)).rss,
    async [Symbol.asyncDispose]() {
      await child.stop();
      folder.remove();
    },
  };
}

/** All four at once, each idle until it is its turn. */
export async function startVariants(options: {
  core: string | undefined;
  profile: boolean;
}): Promise<{ servers: Record<Variant, StreamServer> } & AsyncDisposable> {
  await using starting = new AsyncDisposableStack();
  const start = async (variant: Variant) => starting.use(await startVariant(variant, options));
  const servers = {
    product: await start("product"),
    raw: await start("raw"),
    "better-sse": await start("better-sse"),
    loader: await start("loader"),
  };
  const started = starting.move();
  return { servers, [Symbol.asyncDispose]: () => started.disposeAsync() };
}
