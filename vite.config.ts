import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

/** The web application: `build/client` for browsers, `build/server/index.js` for `jobmon serve`. */
export default defineConfig({
  plugins: [tailwindcss(), reactRouter()],
  // Known beforehand, so that the first page of `npm run dev` does not have to be loaded twice.
  optimizeDeps: {
    include: ["@radix-ui/react-dialog", "eventsource", "jotai", "lucide-react", "react-dom/client", "zod"],
  },
  environments: {
    ssr: { build: { target: "node24", rollupOptions: { input: "./app/server/serve.server.ts" } } },
  },
});
