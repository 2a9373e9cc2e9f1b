import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/**
 * The scripts that a page's HTML names, with all that they import and so wait for: what a browser has loaded before the
 * page can be used. Paths as they are asked for, each with its size in bytes, gzip. What comes by `import()` is later.
 */
export function firstScripts(html: string, client: string): Map<string, number> {
  const found = new Map<string, number>();
  const open = [...html.matchAll(/"(\/assets\/[\w.-]+\.js)"/g)].map(([, path = ""]) => path);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const file = join(client, path);
    if (found.has(path) || !existsSync(file)) continue;
    found.set(path, weigh(client, path));
    open.push(...importsOf(readFileSync(file, "utf8")));
  }
  return found;
}

/** What a script of the build weighs on its way to a browser, in bytes. */
export function weigh(client: string, path: string): number {
  return gzipSync(readFileSync(join(client, path)), { level: 9 }).length;
}

/** Imports that are bundled stand as `from"./x.js"` or `import"./x.js"`, those to come as `import("./x.js")`. */
function importsOf(code: string): string[] {
  return [...code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)].map(
    ([, name = ""]) => `/assets/${name}`,
  );
}
