import type { CircuitBreaker } from "./circuit-breaker.ts";

/** How the Secretary is to us: it answers, it does not, or it does not take our key. */
export type SecretaryState = "ok" | "unreachable" | "refused";

/** Whether the Secretary may be asked now; shared by all who ask it. */
export type SecretaryAccess = Pick<CircuitBreaker, "succeeded" | "failed"> & {
  state(): SecretaryState;
  /** Takes one question from what may be asked while so many jobs are not final; false: not now. */
  takes(jobs: number): boolean;
  /** The key is not good: nothing is asked any more until the process starts again. */
  refuse(status: number): void;
};

/** Rate, breaker and refusal in one. `onRefused` hears of the first refusal. */
export function createSecretaryAccess(options: {
  breaker: CircuitBreaker;
  rate: { takes(jobs: number): boolean };
  onRefused: (status: number) => void;
}): SecretaryAccess {
  const { breaker, rate, onRefused } = options;
  let isRefused = false;
  return {
    succeeded: breaker.succeeded,
    failed: breaker.failed,
    state() {
      if (isRefused) return "refused";
      return breaker.isOpen() ? "unreachable" : "ok";
    },
    takes: (jobs) => !isRefused && (!breaker.isOpen() || breaker.allows()) && rate.takes(jobs),
    refuse(status) {
      if (!isRefused) onRefused(status);
      isRefused = true;
    },
  };
}
