import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commands } from "../../cli/command-list.ts";
import { cliDocs } from "./texts.ts";

const ROOT = join(import.meta.dirname, "../..");

it.each(Object.entries(cliDocs()))(
  "%s tells of the commands as they are; `node scripts/write-cli-docs.ts` repairs it",
  (path, text) => {
    expect(readFileSync(join(ROOT, path), "utf8")).toBe(text);
  },
);

it.each(commands.filter(({ hidden }) => hidden !== true))(
  "$name has a summary and an example in both languages, and knows its exit codes",
  ({ name, summary, examples, exitCodes, arguments: args = {}, options }) => {
    const texts = [summary, ...examples.map(({ says }) => says), ...Object.values(args)];
    for (const { de, en } of [...texts, ...Object.values(options).map(({ text }) => text)]) {
      expect([de, en].map((text) => text.trim().length > 0)).toEqual([true, true]);
    }
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.some(({ command }) => command.includes(`jobmon ${name}`))).toBe(true);
    expect(exitCodes).toEqual([...new Set(exitCodes)].toSorted((a, b) => a - b));
  },
);
