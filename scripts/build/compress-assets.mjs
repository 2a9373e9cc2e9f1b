// @ts-check
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/**
 * Puts beside each script and style of the built browser part the same as gzip, where that is smaller: the server answers
 * with it whoever takes it, and compresses nothing itself.
 */
const assets = new URL("../../build/client/assets/", import.meta.url);

for (const name of readdirSync(assets).filter((file) => /\.(?:css|js|svg)$/.test(file))) {
  const bytes = readFileSync(new URL(name, assets));
  const compressed = gzipSync(bytes, { level: 9 });
  if (compressed.length < bytes.length) writeFileSync(new URL(`${name}.gz`, assets), compressed);
}
