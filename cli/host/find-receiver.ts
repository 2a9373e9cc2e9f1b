import { CliError } from "../cli-error.ts";
import { findServer } from "../config/find-server.ts";
import type { Environment } from "../environment.ts";
import type { ServerOptions } from "../options/shared-options.ts";
import type { Receiver } from "../report/reporter.ts";

/** Who is told of the command; a configuration that cannot be read is a reason, and keeps no command from running. */
export async function findReceiver(environment: Environment, given: ServerOptions): Promise<Receiver> {
  try {
    return await findServer(environment, given);
  } catch (error) {
    if (error instanceof CliError) return { fault: error.message };
    throw error;
  }
}
