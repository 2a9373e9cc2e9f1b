import type { Io } from "./io.ts";
import { readUrl } from "./options/readers.ts";

const DEFAULT_URL = "http://127.0.0.1:4500";

/** Which server is asked: the flag's, else the environment's, else this machine's own. Throws CliError (2). */
export function serverUrl(
  { environment }: Pick<Io, "environment">,
  given: { url: string | undefined },
): string {
  return given.url ?? readUrl(environment.url ?? DEFAULT_URL, environment.locale);
}
