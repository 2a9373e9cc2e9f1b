import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { compileTexts } from "./scripts/build/compile-texts.ts";
import { lightIcons } from "./scripts/build/light-icons.ts";
import { lightPreload } from "./scripts/build/light-preload.ts";
import { lightSchemas } from "./scripts/build/light-schemas.ts";
import { withoutUnused } from "./scripts/build/without-unused.ts";

/** What the first page is: it comes at once, with all that it imports. */
const FIRST =
  /\/app\/(root|routes\/(with-panel|home)|locales\/locale|panel\/|components\/ui\/|contract\/job-page)/;
/** Of that, what comes when it is opened, or with the stream. */
const LATER =
  /\/app\/panel\/(detail|gallery|cover\/panel-|job\/problem-text|list\/(day-jump|removed-row)|news\/(announcer\.|ask-to-notify|news|notify|sentence))/;

/** The web application: `build/client` for browsers, `build/server/index.js` for `jobmon serve`. */
export default defineConfig({
  plugins: [
    compileTexts(),
    lightIcons(),
    lightPreload(),
    lightSchemas(),
    withoutUnused(),
    tailwindcss(),
    reactRouter(),
  ],
  // Known beforehand, so that the first page of `npm run dev` does not have to be loaded twice.
  optimizeDeps: {
    include: [
      "@clerk/localizations/de-DE",
      "@clerk/react-router",
      "@messageformat/runtime",
      "@messageformat/runtime/lib/cardinals",
      "@messageformat/runtime/lib/formatters",
      "@radix-ui/react-dialog",
      "@radix-ui/react-progress",
      "@tanstack/react-virtual",
      "eventsource-parser",
      "jotai",
      "lucide-react",
      "react-dom/client",
      "zod",
      "zod/mini",
    ],
  },
  environments: {
    // Two files for what the first page needs weigh 6 % less than the dozen that would be made by themselves.
    client: {
      build: {
        // Whatever comes later finds these loaded.
        modulePreload: {
          resolveDependencies: (_, files) =>
            files.filter((file) => !/\/(framework|panel|rolldown-runtime)-/.test(file)),
        },
        rollupOptions: {
          output: {
            codeSplitting: {
              groups: [
                {
                  name: "framework",
                  test: /node_modules\/(react|react-dom|react-router|scheduler)\//,
                  priority: 2,
                },
                { name: "panel", test: (id) => FIRST.test(id) && !LATER.test(id), priority: 1 },
              ],
            },
          },
        },
      },
    },
    ssr: {
      // No dependencies of what is installed: the runtime of the compiled texts, and the icons, of which few are used.
      resolve: { noExternal: [/^@messageformat\//, "lucide-react", "make-plural"] },
      build: {
        target: "node24",
        rollupOptions: {
          input: "./app/server/serve.server.ts",
          // Whatever the server shares with others is beside it: itself it is `index.js`, and reads files by where that lies.
          output: { codeSplitting: { groups: [{ name: "contract", test: /\/app\/contract\// }] } },
        },
      },
    },
  },
});
