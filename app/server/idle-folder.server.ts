import { existsSync } from "node:fs";
import { join } from "node:path";
import { EnvError, loadEnvFile, readEnv } from "./env.server.ts";
import { DataFolderError } from "./repository/data-folder-error.ts";

/** Why nothing could be done with a data folder, in a sentence for the operator. */
export type Unusable = { kind: "unusable"; message: string };

/**
 * Does something with a data folder that no server has at the moment; `dataDir` wins over the environment. Creates
 * none: a folder without jobs is unusable, and so is one that `work` cannot open.
 */
export async function withIdleFolder<T>(
  flags: { dataDir?: string },
  work: (dataDir: string) => T | Promise<T>,
): Promise<T | Unusable> {
  try {
    loadEnvFile();
    const { JOBMON_DATA_DIR: dataDir } = readEnv(flags);
    if (existsSync(join(dataDir, "jobmon.db"))) return await work(dataDir);
    const message = `The folder ${dataDir} holds no jobs. Name the data folder with JOBMON_DATA_DIR or --data-dir.`;
    return { kind: "unusable", message };
  } catch (error) {
    if (!(error instanceof EnvError || error instanceof DataFolderError)) throw error;
    return { kind: "unusable", message: error.message };
  }
}
