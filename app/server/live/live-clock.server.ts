/**
 * The time of the live part. `now` are milliseconds that never jump, whatever happens to the clock on the wall; a
 * test passes a clock that it moves itself.
 */
export type LiveClock = {
  now(): number;
  /** Runs the task once this turn of the event loop is over. */
  soon(task: () => void): void;
  /** Runs the task again and again; returns how to stop. Does not keep the process alive. */
  every(ms: number, task: () => void): () => void;
};

let planned: (() => void)[] = [];

function runPlanned(): void {
  const tasks = planned;
  planned = [];
  for (const task of tasks) task();
}

export const liveClock: LiveClock = {
  now: () => performance.now(),
  soon(task) {
    if (planned.push(task) === 1) setImmediate(runPlanned);
  },
  every(ms, task) {
    const timer = setInterval(task, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
