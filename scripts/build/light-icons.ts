import { join } from "node:path";
import type { Plugin } from "vite";

const LIGHT = join(import.meta.dirname, "../../app/components/ui/create-icon.ts");

/**
 * Builds the icons of lucide-react with our own `createLucideIcon`, which has only what we use of it: the library's,
 * made for every framework at once, weighs as much as all our icons and is run for every row. Of an icon its shapes
 * are left.
 */
export function lightIcons(): Plugin {
  return {
    name: "jobmon:light-icons",
    enforce: "pre",
    apply: "build",
    resolveId(id, importer) {
      const isIcons = importer?.includes("/lucide-react/") === true && id.endsWith("/createLucideIcon.mjs");
      return isIcons ? LIGHT : undefined;
    },
    transform(code, id) {
      if (!id.includes("/lucide-react/dist/esm/icons/")) return undefined;
      return {
        code: code.replace(/, key: "\w+"|^__iconData\.node;$|name: "[\w-]+",\s*size: 24,/gm, ""),
        map: null,
      };
    },
  };
}
