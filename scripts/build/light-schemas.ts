import { join } from "node:path";
import type { Plugin } from "vite";

const LIGHT = join(import.meta.dirname, "../../app/contract/zod-light.ts");

/**
 * Gives browsers our schemas with our own small reading of them instead of `zod/mini`, which weighs 16 KB. What a schema
 * uses and `zod-light.ts` has not ends the build.
 */
export function lightSchemas(): Plugin {
  return {
    name: "jobmon:light-schemas",
    enforce: "pre",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "client",
    resolveId: (id) => (id === "zod/mini" ? LIGHT : undefined),
    onLog(_, { code, message }) {
      if (code === "IMPORT_IS_UNDEFINED") this.error(message);
    },
  };
}
