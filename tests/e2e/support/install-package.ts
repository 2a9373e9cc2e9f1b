import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../../..");

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), devOptional: z.boolean().optional() }),
  ),
});

/**
 * What `npm install -g` makes of the packed checkout, without a network: the package below `lib/node_modules` with
 * nothing but its production dependencies, taken from our own, and `bin/jobmon`.
 */
export function installPackage(prefix: string): { jobmon: string; folder: string } {
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", prefix], { cwd: ROOT });
  const [archive = ""] = readdirSync(prefix).filter((name) => name.endsWith(".tgz"));
  const modules = join(prefix, "lib/node_modules");
  mkdirSync(modules, { recursive: true });
  mkdirSync(join(prefix, "bin"));
  execFileSync("tar", ["-xzf", join(prefix, archive), "-C", modules]);
  const folder = join(modules, "jobmon");
  execFileSync("mv", [join(modules, "package"), folder]);
  for (const path of productionPackages()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(ROOT, path), join(folder, path), {
      recursive: true,
      filter: (source) => !join(ROOT, path, "node_modules").startsWith(source) || source === join(ROOT, path),
    });
  }
  const jobmon = join(prefix, "bin/jobmon");
  symlinkSync("../lib/node_modules/jobmon/cli/jobmon.js", jobmon);
  return { jobmon, folder };
}

/** What the lockfile does not mark as needed for development alone, where it fits this platform. */
function productionPackages(): string[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
  return Object.entries(packages)
    .filter(
      ([path, { dev, devOptional }]) => path !== "" && !dev && !devOptional && existsSync(join(ROOT, path)),
    )
    .map(([path]) => path);
}
