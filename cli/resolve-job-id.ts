import type { JobsApi } from "#app/client/jobs-api.ts";
import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { CliError, failureOf } from "./cli-error.ts";
import { EXIT } from "./exit-codes.ts";
import { safeLine } from "./render/safe-line.ts";

const UUID_LENGTH = 36;
const LEAST = 4;
const PAGES = 40;

/**
 * The job that a person means: a whole id as it is, or the beginning of one where only one job begins so. Looks through
 * the newest 2,000 jobs. Throws CliError where none or several do.
 */
export async function resolveJobId(api: JobsApi, text: string, locale: Locale): Promise<string> {
  if (text.length >= UUID_LENGTH) return text;
  const found = text.length < LEAST ? [] : await jobIdsBeginning(api, text.toLowerCase());
  const [first, ...others] = found;
  const texts = terminalTexts[locale];
  if (first === undefined)
    throw new CliError(failureOf(texts.noJob, { jobId: safeLine(text) }), EXIT.notFound);
  if (others.length === 0 || first === text) return first;
  const jobIds = found.slice(0, 5).join(", ");
  const { message, hint } = texts.ambiguousJob;
  throw new CliError({ message: message({ jobId: safeLine(text) }), hint: hint({ jobIds }) }, EXIT.usage);
}

async function jobIdsBeginning(api: JobsApi, start: string): Promise<string[]> {
  const found = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const { items, nextCursor } = await api.list({ limit: 50, ...(cursor === undefined ? {} : { cursor }) });
    for (const { jobId } of items) if (jobId.startsWith(start)) found.add(jobId);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return [...found];
}
