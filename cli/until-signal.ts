import type { Io } from "./io.ts";

/**
 * Runs work until it ends or a signal comes, whichever is first, and gives back the exit code. The signal aborts what
 * the work was handed and does not wait for it: Ctrl-C ends at once.
 */
export async function untilSignal(
  io: Pick<Io, "onSignal">,
  work: (aborted: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController();
  const interrupted = Promise.withResolvers<number>();
  const release = io.onSignal((exitCode) => {
    controller.abort();
    interrupted.resolve(exitCode);
  });
  try {
    return await Promise.race([work(controller.signal), interrupted.promise]);
  } finally {
    release();
    controller.abort();
  }
}
