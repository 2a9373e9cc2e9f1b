import type { JobSummary } from "#app/contract/job.ts";
import { textFor } from "#app/locales/text-for.ts";

/**
 * The headline of a failure in our words where it is ours, else the worker's message, else its step, the same way; the last
 * step of what has been completed says nothing more.
 */
export function whatWasSaid(
  { status, error, message, phase }: JobSummary,
  words: Record<"error" | "phase", Readonly<Record<string, string>>>,
): string | undefined {
  const failure =
    status === "failed" && error ? (textFor(words.error, error.code) ?? error.message) : undefined;
  const step =
    status === "completed" || phase === undefined ? undefined : (textFor(words.phase, phase) ?? phase);
  return [failure, message, step].find((text) => text !== undefined && text !== "");
}
