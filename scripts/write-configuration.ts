import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationFiles } from "./configuration/texts.ts";

/** `node scripts/write-configuration.ts`: writes the tables of the configuration anew; a test holds them to the schema. */
for (const [path, text] of Object.entries(configurationFiles())) {
  writeFileSync(join(import.meta.dirname, "..", path), text);
}
