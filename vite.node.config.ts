import { defineConfig, type Plugin } from "vite";
import { compileTexts } from "./scripts/build/compile-texts.ts";

/**
 * What Node starts by itself: the terminal client, and the worker thread beside the server. As CommonJS, because an ES
 * module that imports a part of Node evaluates all that the part exports: undici for `node:http`, 30 ms.
 */
export default defineConfig({
  plugins: [compileTexts(), withoutSubprograms()],
  // The terminal client is one file: a third less time to its first output than from node_modules.
  ssr: {
    noExternal: [/^@messageformat\//, "commander", "eventsource", "eventsource-parser", "make-plural", "zod"],
  },
  build: {
    ssr: true,
    outDir: "build",
    emptyOutDir: false,
    target: "node24",
    copyPublicDir: false,
    rollupOptions: {
      input: {
        "cli/main": "./cli/main.ts",
        "server/callback-worker": "./app/server/callback-body/callback-worker.server.ts",
      },
      output: { format: "cjs", entryFileNames: "[name].cjs", chunkFileNames: "shared/[name]-[hash].cjs" },
    },
  },
});

/** Commander can start other programs as its commands; jobmon has none, and what starts them takes 2 ms to load. */
function withoutSubprograms(): Plugin {
  const id = "\0jobmon:no-subprograms";
  return {
    name: "jobmon:without-subprograms",
    enforce: "pre",
    resolveId: (source, importer = "") =>
      source === "node:child_process" && importer.includes("/commander/") ? id : undefined,
    load: (loaded) => (loaded === id ? "export default {};" : undefined),
  };
}
