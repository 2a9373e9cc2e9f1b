import { join } from "node:path";
import { defineConfig } from "vite";
import product from "../../../vite.config.ts";
import { exchangeModules } from "../../measure/exchange-modules.ts";

const bare = {
  stored: "app/server/callback/answer-callback.server.ts",
  by: join(import.meta.dirname, "bare-callback.ts"),
};

/** The product's build with one module exchanged: what answers a callback does no more than the write. */
export default defineConfig({ ...product, plugins: [exchangeModules([bare]), ...(product.plugins ?? [])] });
