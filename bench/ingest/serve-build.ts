import { pathToFileURL } from "node:url";

/** `node serve-build.ts <build/server/index.js> <data folder>`: a built server on a free port, until SIGTERM. */
const [, , build = "", dataDir = ""] = process.argv;
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
const { serve }: { serve(flags: { port: number; dataDir: string }): Promise<number> } = await import(
  pathToFileURL(build).href
);
process.exit(await serve({ port: 0, dataDir }));
