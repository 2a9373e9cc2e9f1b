import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import product from "../../../vite.config.ts";

const project = join(import.meta.dirname, "../../..");
const here = (file: string): string => join(import.meta.dirname, file);

/** Who signs in is what `X-User` says; the bus can be published to from outside; reads of the feeds are counted. */
const exchanges = [
  { stored: "app/server/sign-in/authenticator.local.server.ts", by: here("sign-in.ts") },
  { stored: "app/server/bus/job-bus.memory.server.ts", by: here("published-bus.ts") },
  { stored: "app/server/repository/job-repository.sqlite.server.ts", by: here("counted-repository.ts") },
];

/** The product's build with three small modules exchanged, so that many users can be measured in one process. */
export default defineConfig({ ...product, plugins: [exchange(), ...(product.plugins ?? [])] });

function exchange(): Plugin {
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
      if (this.environment.name === "ssr" && done.size < exchanges.length)
        this.error("a module to be exchanged is not imported any more");
    },
  };
}
