import { join } from "node:path";
import type { Plugin } from "vite";

const SHEET_LAYERS = join(import.meta.dirname, "../../app/components/ui/sheet-layers.tsx");
const DIALOG = /\/@radix-ui\/react-dialog\//;
/** The router of a browser: not of a server, not of server components. */
const ROUTER = /\/react-router\/dist\/production\/(index\.js$|lib\/(dom|router))/;

/** What a browser would load and never use: who imports what, and the file or the code that takes its place. */
const UNUSED: readonly { by: RegExp; of: string; file?: string; code?: string }[] = [
  // The sheet is never Radix' modal dialog, also where it lies over the page, which is inert then (`page-with-sheet.tsx`).
  { by: DIALOG, of: "aria-hidden", code: "export const hideOthers = () => {};" },
  { by: DIALOG, of: "/react-focus-guards", code: "export const useFocusGuards = () => {};" },
  { by: DIALOG, of: "/react-focus-scope", file: SHEET_LAYERS },
  { by: DIALOG, of: "/react-dismissable-layer", file: SHEET_LAYERS },
  { by: DIALOG, of: "/react-presence", file: SHEET_LAYERS },
  // Finding routes one by one: all are known from the beginning (`react-router.config.ts`).
  {
    by: ROUTER,
    of: "/fog-of-war.js",
    code: `
      export const isFogOfWarEnabled = () => false;
      export const getPartialManifest = (manifest) => manifest;
      export const getPatchRoutesOnNavigationFunction = () => {};
      export const useFogOFWarDiscovery = () => {};`,
  },
  // Watching a router from outside.
  {
    by: ROUTER,
    of: "/instrumentation.js",
    code: `
      export const consumeInstrumentationClientResultMetaReceiver = () => {};
      export const getRouteInstrumentationUpdates = () => ({});
      export const instrumentClientSideRouter = (router) => router;`,
  },
];
const STUB = /^\0jobmon:unused-(\d+)$/;

/** Builds what browsers load without it. What nothing imports any more has to leave the table, or the build ends. */
export function withoutUnused(): Plugin {
  const found = new Set<number>();
  return {
    name: "jobmon:without-unused",
    enforce: "pre",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "client",
    resolveId(id, importer = "") {
      const index = UNUSED.findIndex(({ by, of }) => by.test(importer) && id.endsWith(of));
      if (index === -1) return undefined;
      found.add(index);
      return UNUSED[index]?.file ?? `\0jobmon:unused-${index}`;
    },
    load(id) {
      const [, index] = STUB.exec(id) ?? [];
      return index === undefined ? undefined : UNUSED[Number(index)]?.code;
    },
    buildEnd(error) {
      const stale = UNUSED.filter((_, index) => !found.has(index));
      if (error === undefined && stale.length > 0)
        this.error(`not imported: ${stale.map(({ of }) => of).join(", ")}`);
    },
  };
}
