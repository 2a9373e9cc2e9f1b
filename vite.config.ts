import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { compileTexts } from "./scripts/build/compile-texts.ts";

/** The web application: `build/client` for browsers, `build/server/index.js` for `jobmon serve`. */
export default defineConfig({
  plugins: [compileTexts(), tailwindcss(), reactRouter()],
  // Known beforehand, so that the first page of `npm run dev` does not have to be loaded twice.
  optimizeDeps: {
    include: [
      "@messageformat/runtime",
      "@messageformat/runtime/lib/cardinals",
      "@messageformat/runtime/lib/formatters",
      "@radix-ui/react-dialog",
      "eventsource",
      "jotai",
      "lucide-react",
      "react-dom/client",
      "zod",
    ],
  },
  environments: {
    ssr: {
      // No dependencies of what is installed: the runtime of the compiled texts, and the icons, of which few are used.
      resolve: { noExternal: [/^@messageformat\//, "lucide-react", "make-plural"] },
      build: { target: "node24", rollupOptions: { input: "./app/server/serve.server.ts" } },
    },
  },
});
