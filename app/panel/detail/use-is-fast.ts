import { useEffect, useRef, useState } from "react";

/** Two lines within this time are too fast to be read aloud. */
const TOGETHER_MS = 2_000;
const QUIET_MS = 5_000;

/** Whether lines come faster than somebody can listen to: until none has come for a while, so also at first. */
export function useIsFast(last: number): boolean {
  const [isFast, setFast] = useState(true);
  const newest = useRef({ last, at: -Infinity });
  useEffect(() => {
    const now = performance.now();
    if (newest.current.last !== last && now - newest.current.at < TOGETHER_MS) setFast(true);
    newest.current = { last, at: now };
    const timer = setTimeout(() => setFast(false), QUIET_MS);
    return () => clearTimeout(timer);
  }, [last]);
  return isFast;
}
