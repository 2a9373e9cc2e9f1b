import { join } from "node:path";
import { defineConfig } from "vite";
import product from "../../../vite.config.ts";
import { exchangeModules } from "../../measure/exchange-modules.ts";

const inMemory = {
  stored: "app/server/repository/job-repository.sqlite.server.ts",
  by: join(import.meta.dirname, "memory-repository.ts"),
};

/** The product's build with one module exchanged: the repository that answers from memory for the one on disk. */
export default defineConfig({
  ...product,
  plugins: [exchangeModules([inMemory]), ...(product.plugins ?? [])],
});
