import type { JobSummary } from "#app/contract/job.ts";
import { textFor } from "#app/locales/text-for.ts";

/** The headline of a failure in our words where it is ours, else the worker's message, else its step. */
export function whatWasSaid(
  { status, error, message, phase }: JobSummary,
  words: { error: Readonly<Record<string, string>> },
): string | undefined {
  const failure =
    status === "failed" && error ? (textFor(words.error, error.code) ?? error.message) : undefined;
  return [failure, message, phase].find((text) => text !== undefined && text !== "");
}
