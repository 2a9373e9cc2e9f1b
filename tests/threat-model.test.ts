import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** A file of tests, and after it words of the names of its tests, in quotes. */
const PROOF = /((?:tests|app|scripts)\/[\w./-]+\.test\.tsx?)((?:,? "[^"]+")*)/g;

it("every test that docs/threat-model.md names is there", () => {
  const proofs = [...readFileSync("docs/threat-model.md", "utf8").matchAll(PROOF)];
  expect(proofs.length).toBeGreaterThan(40);
  const missing = proofs.flatMap(([, file = "", names = ""]) => {
    if (!existsSync(file)) return [file];
    const source = readFileSync(file, "utf8");
    const words = [...names.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
    return words.filter((name) => !source.includes(name)).map((name) => `${file}: ${name}`);
  });
  expect(missing).toEqual([]);
});

it("every threat has a proof", () => {
  const rows = readFileSync("docs/threat-model.md", "utf8").match(/^\| \d+ .*$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(25);
  expect(rows.filter((row) => !/\.test\.tsx?/.test(row))).toEqual([]);
});
