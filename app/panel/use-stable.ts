import { useCallback, useLayoutEffect, useRef } from "react";

/** A function that stays the same and does what its newest version does; not to be called while rendering. */
export function useStable<Arguments extends unknown[]>(
  run: (...args: Arguments) => void,
): (...args: Arguments) => void {
  const newest = useRef(run);
  useLayoutEffect(() => {
    newest.current = run;
  });
  return useCallback((...args: Arguments) => newest.current(...args), []);
}
