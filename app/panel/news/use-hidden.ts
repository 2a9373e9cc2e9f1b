import { useSyncExternalStore } from "react";

/** Whether another tab or window is in front of this page. */
export function useHidden(): boolean {
  return useSyncExternalStore(
    (listener) => {
      document.addEventListener("visibilitychange", listener);
      return () => document.removeEventListener("visibilitychange", listener);
    },
    () => document.visibilityState === "hidden",
    () => false,
  );
}
