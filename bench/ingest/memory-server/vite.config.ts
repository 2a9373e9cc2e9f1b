import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import product from "../../../vite.config.ts";

const project = join(import.meta.dirname, "../../..");
const stored = join(project, "app/server/repository/job-repository.sqlite.server.ts");
const inMemory = join(import.meta.dirname, "memory-repository.ts");

/** The product's build with one module exchanged: the repository that answers from memory for the one on disk. */
export default defineConfig({ ...product, plugins: [exchangeRepository(), ...(product.plugins ?? [])] });

function exchangeRepository(): Plugin {
  let exchanged = false;
  return {
    name: "bench:exchange-repository",
    enforce: "pre",
    async resolveId(source, importer) {
      if (importer === undefined && source.startsWith("./app/")) return join(project, source);
      if (!source.endsWith("job-repository.sqlite.server.ts")) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      if (resolved?.id !== stored) return null;
      exchanged = true;
      return inMemory;
    },
    buildEnd() {
      if (this.environment.name === "ssr" && !exchanged) this.error("nothing imports the repository on disk");
    },
  };
}
