/** At most ten frames a second: the first at once, the last always. */
const FRAME_MS = 100;
const TICK_MS = 1000;

export type Frames = {
  /** Something changed: draw soon. */
  request(): void;
  stop(): void;
};

/** Calls `draw` when it is asked to, never twice within 100 ms, and once a second so that clocks go on. */
export function createFrames(draw: () => void): Frames {
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;

  function request(): void {
    if (timer !== undefined) {
      isDue = true;
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      if (!isDue) return;
      isDue = false;
      request();
    }, FRAME_MS);
    draw();
  }
  const tick = setInterval(request, TICK_MS);

  return {
    request,
    stop() {
      clearTimeout(timer);
      clearInterval(tick);
    },
  };
}
