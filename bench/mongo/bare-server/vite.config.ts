import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import product from "../../../vite.config.ts";

const project = join(import.meta.dirname, "../../..");
const stored = join(project, "app/server/answer-callback.server.ts");
const bare = join(import.meta.dirname, "bare-callback.ts");

/** The product's build with one module exchanged: what answers a callback does no more than the write. */
export default defineConfig({ ...product, plugins: [exchangeAnswer(), ...(product.plugins ?? [])] });

function exchangeAnswer(): Plugin {
  let exchanged = false;
  return {
    name: "bench:exchange-answer",
    enforce: "pre",
    async resolveId(source, importer) {
      if (importer === undefined && source.startsWith("./app/")) return join(project, source);
      if (!source.endsWith("answer-callback.server.ts")) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      if (resolved?.id !== stored) return null;
      exchanged = true;
      return bare;
    },
    buildEnd() {
      if (this.environment.name === "ssr" && !exchanged)
        this.error("nothing imports the answer to a callback");
    },
  };
}
