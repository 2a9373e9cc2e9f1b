import { defineConfig } from "vite";

/** The terminal client: `build/cli/main.js`, loaded by `cli/jobmon.js`. */
export default defineConfig({
  build: {
    ssr: "./cli/main.ts",
    outDir: "build/cli",
    target: "node24",
    copyPublicDir: false,
    rollupOptions: { output: { entryFileNames: "main.js" } },
  },
});
