import { join } from "node:path";
import type { Plugin } from "vite";

const project = join(import.meta.dirname, "../..");

/** A module of the product, seen from the project, and the file that stands in for it. */
export type Exchange = { stored: string; by: string };

/** Builds the product with these modules exchanged; what stands in for one may import it. Fails where one is not imported any more. */
export function exchangeModules(exchanges: readonly Exchange[]): Plugin {
  const done = new Set<string>();
  return {
    name: "bench:exchange",
    enforce: "pre",
    async resolveId(source, importer) {
      if (importer === undefined && source.startsWith("./app/")) return join(project, source);
      const known = exchanges.find(({ stored }) => source.endsWith(stored.slice(stored.lastIndexOf("/"))));
      if (known === undefined || importer === known.by) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      if (resolved?.id !== join(project, known.stored)) return null;
      done.add(known.by);
      return known.by;
    },
    buildEnd() {
      const missing = exchanges.filter(({ by }) => !done.has(by)).map(({ stored }) => stored);
      if (this.environment.name === "ssr" && missing.length > 0)
        this.error(`nothing imports ${missing.join(", ")}`);
    },
  };
}
