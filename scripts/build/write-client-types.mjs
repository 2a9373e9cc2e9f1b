// @ts-check
import { execFileSync } from "node:child_process";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * `node scripts/build/write-client-types.mjs`: the types of `jobmon/client`, into build/library/types. Imports that
 * only this checkout can resolve (`#app/…`, `.ts`) become those of the package.
 */
execFileSync("tsc", ["-p", "tsconfig.library.json"], { stdio: "inherit" });

const types = "build/library/types";
for (const file of globSync("**/*.d.ts", { cwd: types })) {
  const path = join(types, file);
  const text = readFileSync(path, "utf8").replaceAll(
    /(from |import\()"(#app\/|\.{1,2}\/)([^"]+)\.ts"/g,
    (_, before, start, rest) => {
      const target = start === "#app/" ? relative(dirname(file), rest) : `${start}${rest}`;
      return `${before}"${target.startsWith(".") ? target : `./${target}`}.js"`;
    },
  );
  writeFileSync(path, text);
}
