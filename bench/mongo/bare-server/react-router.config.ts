import { join } from "node:path";
import type { Config } from "@react-router/dev/config";
import product from "../../../react-router.config.ts";

const here = import.meta.dirname;

/** The same application, built beside the product's build. */
export default {
  ...product,
  appDirectory: join(here, "../../../app"),
  buildDirectory: join(here, "../../../build/bench/bare-server"),
} satisfies Config;
