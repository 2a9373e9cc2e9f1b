import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../..");

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      inBundle: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
      dev: z.boolean().optional(),
    }),
  ),
});

/** A package of the lockfile. `isShipped`: it is installed with jobmon, not only to work on it. */
export type LockedPackage = {
  name: string;
  version: string;
  licence: string;
  hasIntegrity: boolean;
  hasInstallScript: boolean;
  isShipped: boolean;
};

/** Every package of package-lock.json, by name and version. */
export function lockedPackages(): LockedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, { version = "", license = "", integrity, inBundle, hasInstallScript, dev }]) => ({
      name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
      licence: license,
      // What is inside another package is covered by the integrity of that.
      hasIntegrity: integrity !== undefined || inBundle === true,
      hasInstallScript: hasInstallScript === true,
      isShipped: dev !== true,
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"));
}

/** docs/licences.md as it should be: what is shipped, and under which licence. */
export function licencesText(): string {
  const rows = lockedPackages()
    .filter(({ isShipped }) => isShipped)
    .map(({ name, version, licence }) => [name, version, licence]);
  const unique = rows.filter((row, n) => row.join() !== rows[n - 1]?.join());
  const head = ["package", "version", "licence"];
  const widths = head.map((title, n) => Math.max(title.length, ...unique.map((row) => row[n]?.length ?? 0)));
  const lineOf = (cells: string[]) =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(" | ")} |`;
  const table = [head, widths.map((width) => "-".repeat(width)), ...unique].map(lineOf).join("\n");
  return `# Licences\n\njobmon is MIT. Installed with it are these packages, all under licences that ask for no more than to be named.\nWritten by \`node scripts/write-licences.ts\` from package-lock.json; \`npm run sbom\` writes the same as a CycloneDX document.\nThe pages are set in Inter (SIL Open Font License 1.1), whose files are part of the build.\n\n${table}\n`;
}
