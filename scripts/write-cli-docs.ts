import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cliDocs } from "./cli-docs/texts.ts";

/** `node scripts/write-cli-docs.ts`: writes docs/cli.md and the man page anew; a test holds them to the commands. */
for (const [path, text] of Object.entries(cliDocs())) {
  writeFileSync(join(import.meta.dirname, "..", path), text);
}
