const JOBS_PER_QUESTION = 10;

/**
 * Lets one question a second through per ten jobs, on average, at least one; `burst` of them at once after a quiet
 * time.
 */
export function createQuestionRate(options: { clock: () => number; burst: number }): {
  takes(jobs: number): boolean;
} {
  const { clock, burst } = options;
  let allowance = burst;
  let at = clock();
  return {
    takes(jobs) {
      const now = clock();
      const perSecond = Math.max(1, jobs / JOBS_PER_QUESTION);
      allowance = Math.min(
        Math.max(burst, perSecond),
        allowance + (Math.max(0, now - at) / 1000) * perSecond,
      );
      at = now;
      if (allowance < 1) return false;
      allowance -= 1;
      return true;
    },
  };
}
