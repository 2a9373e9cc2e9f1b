import { join } from "node:path";
import type { Config } from "@react-router/dev/config";
import product from "../../../react-router.config.ts";

/** A bare page, built as the product is. */
export default {
  ...product,
  appDirectory: join(import.meta.dirname, "app"),
  buildDirectory: join(import.meta.dirname, "../../../build/bench/bare-page"),
} satisfies Config;
