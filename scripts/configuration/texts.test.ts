import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { configurationFiles } from "./texts.ts";

it.each(Object.entries(configurationFiles()))(
  "%s tells the configuration as the schema has it; `node scripts/write-configuration.ts` repairs it",
  (path, text) => {
    expect(readFileSync(join(import.meta.dirname, "../..", path), "utf8")).toBe(text);
  },
);
