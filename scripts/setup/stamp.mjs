// @ts-check
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./step.mjs";

/**
 * One fingerprint over the content of files and folders of the checkout; tests do not count.
 * @param {string[]} paths
 */
export function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesOf).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} path of the stamp, in the checkout
 * @param {string} value
 */
export function isStamped(path, value) {
  try {
    return readFileSync(join(root, path), "utf8") === value;
  } catch {
    return false;
  }
}

/**
 * @param {string} path of the stamp, in the checkout
 * @param {string} value
 */
export function stamp(path, value) {
  writeFileSync(join(root, path), value);
}

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path))
    .filter((name) => !name.includes(".test."))
    .flatMap((name) => filesOf(`${path}/${name}`));
}
