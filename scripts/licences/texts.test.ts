import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { licencesText, lockedPackages } from "./texts.ts";

/** Licences that ask of whoever ships them with MIT code for no more than to be named. */
const COMPATIBLE = [
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "Unlicense",
  "BlueOak-1.0.0",
];

it("everything that is shipped has a licence compatible with MIT", () => {
  const others = lockedPackages().filter(
    ({ isShipped, licence }) => isShipped && !COMPATIBLE.includes(licence),
  );
  expect(others).toEqual([]);
});

it("docs/licences.md lists it; `node scripts/write-licences.ts` writes that", () => {
  expect(readFileSync("docs/licences.md", "utf8")).toBe(licencesText());
});

it("the lockfile says of every package what its bytes must be", () => {
  expect(lockedPackages().filter(({ hasIntegrity }) => !hasIntegrity)).toEqual([]);
});

it("only packages that are named may run a script when they are installed", () => {
  const allowed = Object.entries(packageJson.allowScripts).flatMap(([name, may]) => (may ? name : []));
  const asking = lockedPackages().filter(({ hasInstallScript }) => hasInstallScript);
  expect(asking.map(({ name }) => name)).toEqual(allowed);
});
