import type { Plugin } from "vite";

const STUB = "\0jobmon:no-modal";

/**
 * Leaves out what only Radix' modal dialog needs: it hides the rest of the page by `aria-hidden`. The sheet is never that
 * one, also where it lies over the page, which is inert then (`page-with-sheet.tsx`).
 */
export function withoutModal(): Plugin {
  return {
    name: "jobmon:without-modal",
    enforce: "pre",
    apply: "build",
    resolveId(id, importer) {
      return id === "aria-hidden" && importer?.includes("/@radix-ui/react-dialog/") ? STUB : undefined;
    },
    load(id) {
      if (id !== STUB) return undefined;
      return "export const hideOthers = () => {};";
    },
  };
}
