import { defineConfig } from "vite";

/** What others import as `jobmon/client`: one module for Node and for bundlers of the browser. */
export default defineConfig({
  build: {
    outDir: "build/library",
    target: "es2023",
    minify: false,
    copyPublicDir: false,
    lib: { entry: { client: "./app/client/index.ts" }, formats: ["es"] },
    rollupOptions: { external: ["eventsource-parser", "zod"], output: { entryFileNames: "[name].js" } },
  },
});
