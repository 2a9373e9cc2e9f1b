/** The element that opens and closes the row of a job. */
export function rowButtonId(jobId: string): string {
  return `job-${jobId}`;
}
