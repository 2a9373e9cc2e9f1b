import { join } from "node:path";
import { defineConfig } from "vite";
import product from "../../../vite.config.ts";
import { exchangeModules } from "../../measure/exchange-modules.ts";

const here = (file: string): string => join(import.meta.dirname, file);

/** Who signs in is what `X-User` says; the bus can be published to from outside; reads of the feeds are counted. */
const exchanges = [
  { stored: "app/server/sign-in/authenticator.local.server.ts", by: here("sign-in.ts") },
  { stored: "app/server/bus/job-bus.memory.server.ts", by: here("published-bus.ts") },
  { stored: "app/server/repository/job-repository.sqlite.server.ts", by: here("counted-repository.ts") },
];

/** The product's build with three small modules exchanged, so that many users can be measured in one process. */
export default defineConfig({
  ...product,
  plugins: [exchangeModules(exchanges), ...(product.plugins ?? [])],
});
