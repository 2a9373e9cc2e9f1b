import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

/** The web application: `build/client` for browsers, `build/server/index.js` for `jobmon serve`. */
export default defineConfig({
  plugins: [tailwindcss(), reactRouter()],
  environments: {
    ssr: { build: { target: "node24", rollupOptions: { input: "./app/server/serve.server.ts" } } },
  },
});
