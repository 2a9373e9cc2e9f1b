/** A hidden page has no frames; it need not be faster than this either. */
const HIDDEN_MS = 250;

/** Calls `run` once before the next picture, however often it is asked for until then. */
export function onNextFrame(run: () => void): { ask: () => void; cancel: () => void } {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function cancel(): void {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = undefined;
  }
  function go(): void {
    cancel();
    run();
  }
  return {
    ask() {
      if (frame !== undefined) return;
      frame = requestAnimationFrame(go);
      timer = setTimeout(go, HIDDEN_MS);
    },
    cancel,
  };
}
