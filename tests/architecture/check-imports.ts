import { matchesGlob, posix } from "node:path";
import { type Boundary, boundaries } from "./boundaries.ts";

/** The row of the table a file stands under. `file` is its path in the checkout, with slashes. */
export function boundaryOf(file: string): Boundary | undefined {
  return boundaries.find(({ files }) => files.some((glob) => matchesGlob(file, glob)));
}

/**
 * Checks one import of one file against the table.
 * @param specifier as written; undefined for an `import()` of something computed
 * @returns the sentence that explains why it is not allowed, undefined if it is
 */
export function forbiddenImport(file: string, specifier: string | undefined): string | undefined {
  const boundary = boundaryOf(file);
  if (!boundary) return `${file} stands under no row of tests/architecture/boundaries.ts: give it one.`;
  const refused = `${file} imports ${specifier ?? "something computed"}. ${boundary.because}`;
  if (specifier === undefined) return boundary.folders.includes("build/server") ? undefined : refused;
  return isAllowed(boundary, file, specifier) ? undefined : refused;
}

function isAllowed({ folders, except = [], packages, node }: Boundary, file: string, specifier: string) {
  const path = pathOf(file, specifier);
  if (path === undefined) {
    if (specifier.startsWith("node:")) return node;
    return packages === "any" || packages.includes(specifier);
  }
  if (/\.css(\?|$)/.test(path) || path.includes("/+types/")) return true;
  return folders.some((folder) => isIn(path, folder)) && !except.some((folder) => isIn(path, folder));
}

/** The path in the checkout that a specifier names, undefined for a package. */
function pathOf(file: string, specifier: string) {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return posix.join(posix.dirname(file), specifier);
  return undefined;
}

function isIn(path: string, folder: string) {
  return path === folder || path.startsWith(`${folder}/`);
}
