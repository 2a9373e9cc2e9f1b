const FAULTS_IN_A_ROW = 5;
const LONGEST = 10;

/** Keeps from asking a service that is down. */
export type CircuitBreaker = {
  /** Whether one more question may be put: any while it works, one after each pause while it does not. */
  allows(): boolean;
  isOpen(): boolean;
  succeeded(): void;
  failed(): void;
};

/** Opens after five faults in a row, for `pauseMs`, growing to ten times that; one answer closes it. */
export function createCircuitBreaker(options: { clock: () => number; pauseMs: number }): CircuitBreaker {
  const { clock, pauseMs } = options;
  let faults = 0;
  let nextAt = 0;
  const isOpen = (): boolean => faults >= FAULTS_IN_A_ROW;
  const pause = (): number => pauseMs * Math.min(LONGEST, 2 ** Math.min(faults - FAULTS_IN_A_ROW, 8));

  return {
    isOpen,
    allows() {
      if (!isOpen()) return true;
      if (clock() < nextAt) return false;
      nextAt = clock() + pause();
      return true;
    },
    succeeded() {
      faults = 0;
    },
    failed() {
      faults += 1;
      if (isOpen()) nextAt = clock() + pause();
    },
  };
}
