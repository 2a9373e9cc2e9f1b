const FORM = /^job-[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/**
 * Whether this is the Secretary's own number of a process, `job-<uuid>` and nothing else (secretary-contract: asking
 * it). Only such a number may enter an address of the Secretary.
 */
export function isProcessId(text: string | undefined): text is string {
  return text !== undefined && FORM.test(text);
}
