import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { licencesText } from "./licences/texts.ts";

/** `node scripts/write-licences.ts`: writes docs/licences.md from package-lock.json. */
writeFileSync(join(import.meta.dirname, "../docs/licences.md"), licencesText());
