import { endFamily } from "../child/process-tree.ts";

export type Stopper = {
  /** Asks the command to end, and kills what is left after the grace. Before it has begun: as soon as it has. */
  stop(): void;
  /** The command has begun; undefined where it could not. */
  began(pid: number | undefined): void;
  /** Resolves when nothing of a command that was stopped is left; at once for one that was not. */
  gone(): Promise<void>;
};

/** Ends a command at somebody's wish: SIGTERM to it and all it started, SIGKILL after the grace. */
export function createStopper(graceMs: number): Stopper {
  let pid: number | undefined;
  let isWanted = false;
  let ended: Promise<void> | undefined;

  function stop(): void {
    isWanted = true;
    if (pid !== undefined) ended ??= endFamily(pid, graceMs);
  }
  return {
    stop,
    began(started) {
      pid = started;
      if (isWanted) stop();
    },
    gone: async () => ended,
  };
}
