import type { JobsApi } from "#app/client/jobs-api.ts";
import type { Locale } from "#app/locales/locale.ts";
import { CliError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { resolveJobId } from "../resolve-job-id.ts";
import { type FirstLook, lookAt } from "./first-look.ts";

/**
 * The jobs that a person has named, by whole ids or their beginnings; `missing` are names that no job has. The place in
 * the feed is from before the first name was looked up, so that nothing falls in between. Rejects with ApiError, and with
 * CliError (2) for a name that several jobs have.
 */
export async function findNamed(
  api: JobsApi,
  names: readonly string[],
  locale: Locale,
): Promise<{ look: FirstLook; jobIds: string[]; missing: string[] }> {
  const { head } = await api.list({ limit: 1 });
  const jobIds: string[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const jobId = await resolveJobId(api, name, locale).catch((error: unknown) => {
      if (error instanceof CliError && error.exitCode === EXIT.notFound) return undefined;
      throw error;
    });
    if (jobId === undefined) missing.push(name.toLowerCase());
    else jobIds.push(jobId);
  }
  const { look, gone } = await lookAt(api, jobIds);
  const known = jobIds.filter((jobId) => !gone.includes(jobId));
  return { look: { jobs: look.jobs, head }, jobIds: known, missing: [...missing, ...gone] };
}
