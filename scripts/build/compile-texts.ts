import { statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import MessageFormat from "@messageformat/core";
import compileModule from "@messageformat/core/compile-module.js";
import type { Plugin } from "vite";
import { sourceOf } from "#app/locales/define-texts.ts";
import { LOCALES } from "#app/locales/locale.ts";

/**
 * Compiles the files of `app/locales` that hold texts, so that what is built has functions and strings instead of
 * messages and their compiler. Such a file exports texts and nothing else.
 */
export function compileTexts(): Plugin {
  return {
    name: "jobmon:compile-texts",
    enforce: "pre",
    async transform(code, id) {
      const path = id.split("?", 1).join("");
      if (!path.includes("/app/locales/") || !code.includes("= defineTexts(")) return undefined;
      const { href } = pathToFileURL(path);
      const exported: Record<string, object> = await import(`${href}?saved=${statSync(path).mtimeMs}`);
      return { code: compileExports(path, exported), map: null };
    },
  };
}

/** The compiled module for a file of texts, by what it exports. */
export function compileExports(path: string, exported: Record<string, object>): string {
  const texts = Object.entries(exported).map(([name, value]) => {
    const source = sourceOf(value);
    if (source === undefined)
      throw new Error(`${path}: ${name} is no text; a file of texts exports texts only`);
    return [name, source] as const;
  });
  const format = new MessageFormat([...LOCALES]);
  const files = texts.map(([name, source]) => ({ name, code: compileModule(format, source) }));
  return files
    .map(({ name, code }) => withoutCalls(code).replace("export default", `export const ${name} =`))
    .join("\n");
}

/** A text without values is its string; the compiler makes functions of all. */
function withoutCalls(code: string): string {
  return code.replace(/: \(\) => ("(?:[^"\\]|\\.)*")/g, ": $1");
}
